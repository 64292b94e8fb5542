"""Write src/analysis/data/frequencies.tsv: in how many of 3,000 news articles each stem stands.

Source: folder `us_news_articles` of the data directory. Only counts are kept, of stems in 10 articles or more.
Usage: pip install snowballstemmer && python frequencies.py DATA_DIR OUT.tsv
"""

import json
import os
import re
import sys
from collections import Counter

import snowballstemmer

LEAST = 10


def main():
    data, out = sys.argv[1:]
    stemmer = snowballstemmer.stemmer("english")
    articles, counts = 0, Counter()
    with open(os.path.join(data, "us_news_articles", "articles-3000.jsonl"), encoding="utf-8") as f:
        for article in map(json.loads, f):
            articles += 1
            text = f"{article['title']}\n{article['content']}".lower()
            words = {word for word in re.split(r"[\W_]+", text) if len(word) > 1}
            counts.update(set(stemmer.stemWords(list(words))))
    kept = sorted((stem, n) for stem, n in counts.items() if n >= LEAST)
    with open(out, "w", encoding="utf-8") as f:
        f.write(f"# stem\tarticles of {articles} that hold it, {LEAST} or more; made by training/frequencies.py\n")
        f.writelines(f"{stem}\t{n}\n" for stem, n in kept)


if __name__ == "__main__":
    main()
