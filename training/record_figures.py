"""Put the shipped binary's own figures into the manifest, which GetServiceInfo reports.

newsprism evaluate --data DIR > figures.jsonl && python training/record_figures.py figures.jsonl models/manifest.json
"""

import json
import sys


def main():
    figures, path = sys.argv[1:]
    with open(figures, encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    with open(path, encoding="utf-8") as f:
        manifest = json.load(f)
    # Baselines are measured too, but are no quality of these models.
    manifest["metrics"] = [
        {key: row[key] for key in ("task", "metric", "value", "n")}
        for row in rows
        if not row["metric"].startswith("lead3") and "baseline" not in row["metric"]
    ]
    with open(path, "w", encoding="utf-8") as f:
        json.dump(manifest, f, indent=2, ensure_ascii=False)
        f.write("\n")


if __name__ == "__main__":
    main()
