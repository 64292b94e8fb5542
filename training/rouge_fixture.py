"""Write tests/data/rouge.json and tests/data/porter.json: what rouge-score and NLTK give for texts and words of our own.

Needs rouge-score and nltk.
Usage: python rouge_fixture.py OUT_DIR
"""

import json
import os
import sys

from nltk.stem.porter import PorterStemmer
from rouge_score import rouge_scorer

KINDS = ["rouge1", "rouge2", "rougeLsum"]

# (reference, summary), a sentence a line.
PAIRS = [
    (
        "The mayor agreed to reopen the ferry terminal.\nTwo islands had been cut off for a week.",
        "Islanders cut off for a week will see their ferry again.\nThe mayor said he had agreed to the reopening of the terminal.",
    ),
    (
        "Dying coral under grey skies alarmed divers off Palau.",
        "Divers were alarmed as the coral lay dying.\nThe sky was grey.",
    ),
    (
        "The U.S. will send 1,000 tents to the valley.\nAid workers said 1000 more are needed.",
        "The US is sending 1,000 tents.\nU.S. officials expect to send more to the valley.",
    ),
    (
        "Señor Núñez's café in Orléans was closed by inspectors.",
        "Inspectors closed the cafe of Senor Nunez.\nThe café's owner, Núñez, was not there.",
    ),
    (
        "Kangaroos were hopping across the runway, controllers said.\nThree flights hopped to another airport.",
        "A kangaroo hopped over the runway.\nControllers sent three flights to another airport.",
    ),
    (
        "They don't know who'll pay, the unions' lawyers said.",
        "The union’s lawyers don’t know who will pay.\nIt isn't clear, they say.",
    ),
    (
        "The bank cut rates by 0.25 points to 4.5%.\nMarkets had priced in a cut.\nThe krona fell.",
        "Rates fell to 4.5 per cent, a cut of 0.25 points.\nThe krona fell as markets had priced in no cut.\nThe bank's governor denied it.",
    ),
    (
        "A storm tore the roof off a school in Derry.\nNo pupils were hurt.",
        "No one was hurt when a storm tore off the roof of a school.\nPupils had left the school an hour before the storm.",
    ),
    (
        "The ministers' meeting ended without agreement.",
        "The ministers met.\nThe meeting of ministers ended.\nThe ministers' meeting ended, and the ministers left.",
    ),
    (
        "the the the the cat sat",
        "the cat\nthe cat\nthe cat sat on the mat the the",
    ),
    ("Polls opened at 7 a.m. on Sunday.", "Voting starts today."),
    ("Fire destroys mill.", "Fire destroys mill."),
    (
        "Researchers in Umeå generalised the operator's rational, conditional approach.\nTheir sensibility was praised.",
        "Operators rationalise conditions, the research in Umeå generally showed.\nThe sensible approach was operational.",
    ),
    (
        "Police are looking for a man who stole 14 hives.\nThe bees are worth £9,000.\nTheir keeper fears they'll die.",
        "Fourteen hives with bees worth £9,000 were stolen.\nTheir keeper fears that they will be dying.\nA man is sought by police.",
    ),
    (
        "Mid-season sacking: the coach, a 47-year-old ex-goalkeeper, was out after nine games.",
        "A 47 year old former goalkeeper was sacked as coach mid-season after nine games.",
    ),
    (
        "The court quashed the conviction.\n\nShe had served 11 years.",
        "\nHer conviction was quashed by a court after 11 years.\n",
    ),
    (
        "Electricity and gas bills will rise by up to 12pc.\nCharities called the rises unaffordable.\nThe regulator defended them.",
        "The regulator defended rises of up to 12pc in bills for electricity and gas.\nUnaffordable, said charities that called on it.\nBills rose before.",
    ),
    (
        "Tied and lying at the roadside, the dogs succeeded in freeing themselves — news that skied round the world.",
        "Dogs tied up by the road succeeded in freeing themselves.\nThe news went round the world.\nTying dogs is a crime; so is lying about it.",
    ),
    (
        "İzmir's mayor and Łódź's signed an accord: naïve, said critics.",
        "Critics called the accord of İZMİR and ŁÓDŹ naïve.\nThe mayors signed.",
    ),
    (
        "A probe of the airline's collapse controls begins.\nCreditors meet at 10:30.\nPassengers' refunds may cease.",
        "Creditors of the airline meet as a probe of its collapse begins.\nRefunds to passengers ceased.\nControls were rolled out at 10.30, controllers said.",
    ),
]

WORDS = """
dying lying tying skies sky news innings outing canning howe proceed exceed succeed agreed feed freed hopping hoping
hopped falling hissing fizzed filing failing tanned conflated troubled sized motoring sing bled plastered caresses
ponies ties dies died spied tried flies caress cats happy enjoy enjoyment spy relational conditional rational valency
hesitancy digitizer conformably radically differently vilely analogously vietnamization predication operator feudalism
decisiveness hopefulness callousness formality sensitivity sensibility archaeology geology theology hopefully
triplicate formative formalize electricity electrical hopeful goodness revival allowance inference airliner gyroscopic
adjustable defensible irritant replacement adjustment dependent adoption homologous communism activate angularity
effective bowdlerize probate rate cease controll roll controlling rolled yesterday playing syzygy eyed owed used using
added added aging owning elections presidential government ministers negotiations 1000 2020s 12pc covid19 yyyy tennis
buses bus this was united nations killed killing sanctions economically university universal generally generous
""".split()


def main(out_dir):
    scorer = rouge_scorer.RougeScorer(KINDS, use_stemmer=True)
    pairs = []
    for reference, summary in PAIRS:
        scores = scorer.score(reference, summary)
        pair = {"reference": reference, "summary": summary}
        pair.update({kind: round(scores[kind].fmeasure, 9) for kind in KINDS})
        pairs.append(pair)
    write(os.path.join(out_dir, "rouge.json"), pairs)
    stemmer = PorterStemmer()
    write(os.path.join(out_dir, "porter.json"), {word: stemmer.stem(word) for word in WORDS})


def write(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
