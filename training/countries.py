"""Write src/analysis/data/countries.tsv: names, demonyms, capitals and seats of countries.

Source: mledoze/countries (ODbL 1.0), folder `countries` of the data directory; the additions below are our own.
Usage: python countries.py DATA_DIR OUT.tsv
"""

import json
import os
import sys

# Names in the press that the source lacks: (alternatives, demonyms, capitals and seats of government).
ADDITIONS = {
    "Afghanistan": ([], ["Afghans"], []),
    "Argentina": ([], ["Argentinian", "Argentine"], []),
    "Azerbaijan": ([], ["Azeri"], []),
    "Bosnia and Herzegovina": (["Bosnia"], ["Bosnian"], []),
    "Botswana": ([], ["Botswanan"], []),
    "China": (["PRC"], ["Chinese"], ["Zhongnanhai"]),
    "Czechia": (["Czech Republic"], ["Czech"], []),
    "Denmark": ([], ["Danish", "Dane", "Danes"], []),
    "DR Congo": (["Democratic Republic of Congo", "DRC"], [], []),
    "Ecuador": ([], ["Ecuadorian"], []),
    "Finland": ([], ["Finnish", "Finn", "Finns"], []),
    "France": ([], ["Frenchman", "Frenchwoman"], ["Elysee", "Élysée"]),
    "Iceland": ([], ["Icelandic"], []),
    "Ireland": ([], ["Irishman"], []),
    "Israel": ([], ["Israelis"], []),
    "Ivory Coast": (["Cote d'Ivoire", "Côte d'Ivoire"], ["Ivorian"], []),
    "Kazakhstan": ([], ["Kazakh", "Kazakhs"], ["Nur-Sultan"]),
    "Kosovo": ([], ["Kosovan"], []),
    "Kyrgyzstan": ([], ["Kyrgyz"], []),
    "Maldives": ([], ["Maldivian"], []),
    "Myanmar": (["Burma"], ["Burmese"], ["Naypyitaw"]),
    "Nepal": ([], ["Nepali"], []),
    "Netherlands": ([], ["Dutchman"], ["The Hague"]),
    "New Zealand": ([], ["Kiwi"], []),
    "North Macedonia": (["Macedonia"], ["Macedonian"], []),
    "Philippines": ([], ["Filipino", "Filipinos", "Philippine"], []),
    "Poland": ([], ["Pole", "Poles"], []),
    "Russia": ([], ["Russians"], ["Kremlin", "the Kremlin"]),
    "Saudi Arabia": (["KSA"], ["Saudi", "Saudis"], []),
    "Serbia": ([], ["Serb", "Serbs"], []),
    "Slovenia": ([], ["Slovenian"], []),
    "Spain": ([], ["Spaniard", "Spaniards"], []),
    "Sweden": ([], ["Swede", "Swedes"], []),
    "Tajikistan": ([], ["Tajik", "Tajiks"], []),
    "Turkey": (["Türkiye", "Turkiye"], ["Turk", "Turks"], []),
    "Turkmenistan": ([], ["Turkmen"], []),
    "Ukraine": ([], [], ["Kyiv", "Kiev"]),
    "United Arab Emirates": (["UAE", "Emirates"], ["Emirati"], []),
    "United Kingdom": (
        ["UK", "U.K.", "Britain", "Great Britain"],
        ["Briton", "Britons", "Brit", "Brits"],
        ["Downing Street", "Whitehall"],
    ),
    "United States": (
        ["US", "U.S.", "USA", "U.S.A.", "America", "United States of America"],
        ["Americans"],
        ["Washington", "White House", "the White House"],
    ),
    "Uzbekistan": ([], ["Uzbek", "Uzbeks"], []),
    "Vietnam": ([], [], ["Hanoi"]),
}


def latin(name: str) -> bool:
    return all(ord(c) < 0x250 for c in name)


def row(country: dict) -> list[str] | None:
    name = country["name"]["common"]
    more, demonyms, seats = ADDITIONS.get(name, ([], [], []))
    # Two-letter codes collide with words ("IN", "IT") and others' names; the few in use are added above.
    alternatives = [country["name"]["official"], *country["altSpellings"]]
    alternatives = [a for a in alternatives if latin(a) and len(a) > 2] + more
    own = country.get("demonyms", {}).get("eng", {})
    # A demonym that is the country's own name, or that another country owns, tells nothing.
    demonyms = [own.get("m", ""), own.get("f", ""), *demonyms]
    unique = lambda names: ";".join(dict.fromkeys(n for n in names if n and n != name))
    capitals = [c for c in country.get("capital", []) if latin(c)] + seats
    return [name, unique(alternatives), unique(demonyms), unique(capitals), country["subregion"]]


def main():
    data, out = sys.argv[1:]
    with open(os.path.join(data, "countries", "countries.json"), encoding="utf-8") as f:
        countries = json.load(f)
    # Sovereign states first: where two share a name (the two Congos, Guineas) the earlier row owns it.
    countries.sort(key=lambda c: (not c.get("independent"), -c.get("area", 0)))
    with open(out, "w", encoding="utf-8") as f:
        f.write("# name\talternatives\tdemonyms\tcapitals and seats\tsubregion\n")
        f.write("# From mledoze/countries, Open Database License (ODbL) 1.0, with additions; made by training/countries.py\n")
        for country in countries:
            f.write("\t".join(row(country)) + "\n")


if __name__ == "__main__":
    main()
