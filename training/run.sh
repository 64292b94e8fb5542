#!/usr/bin/env bash
# From the data sets to the model files: bash training/run.sh DATA_DIR WORK_DIR BERT_DIR [VERSION]
# BERT_DIR is what bert.py writes. BF16=--bf16 in the environment doubles the speed on a CPU with native bf16.
# Needs Python 3.11 or later with `pip install -r training/requirements.txt`. Can be interrupted and run again.
set -euo pipefail
data=$1 work=$2 bert=$3 version=${4:-1}
here=$(cd "$(dirname "$0")" && pwd)
. "$here/steps.sh"

# Single-threaded trainings side by side use two cores better than two threads in one training.
# A judge and a reader without a teacher.
step judge1 train_judge.py --fnc1 0 --steps 1346 $bf16 &
judge=$!
step reader1 train_reader.py --steps 2147 $bf16
first=$work/reader1/average.pt
step reader3 train_reader.py --start "$first" --seed 3 --peak 4e-5 --epochs conll=0.5,world=0.5,newsmtsc=1.5 $bf16 &
third=$!
step reader2 train_reader.py --start "$first" --peak 6e-5 \
  --epochs conll=2,world=1.8,newsmtsc=1,joined=2,dse=0.8 $bf16
wait $judge
wait $third
python "$here/finish_reader.py" --data "$data" --out "$work/untaught.pt" \
  --tags --weights "$first" "$work/reader2/average.pt" "$work/reader3/average.pt"

# The teachers, and what they say of news without labels.
large=(--base "$bert" --average 0.995 --most 2048 --check-minutes 26 $bf16)
step feels train_reader.py "${large[@]}" --epochs newsmtsc=2.5,sentfin=0.5 --peak 3e-5 --minutes 50 &
feels=$!
step tags train_reader.py "${large[@]}" --epochs conll=1.2,world=1 --peak 4e-5 --minutes 40
wait $feels
step feelings label.py --tags "minilm:$work/untaught.pt" --counts world=20000,us=8000,voa=6000 --most 12800 $bf16 \
  --sentiment "$bert:$work/feels/average.pt" "minilm:$work/untaught.pt" &
feels=$!
step names label.py --tags "$bert:$work/tags/average.pt" --counts world=20000,us=8000,voa=6000 --most 12800 $bf16
wait $feels
python "$here/held_out.py" --data "$data" "$work/feelings" "$work/names"

# More sentences, for sentiment alone.
step more label.py --tags "minilm:$work/untaught.pt" --sentiment "$bert:$work/feels/average.pt" \
  --counts newsmtsc=8000,us=40000 --most 34000 $bf16
python "$here/held_out.py" --data "$data" "$work/more"

# What is shipped.
step judge2 train_judge.py --start "$work/judge1/average.pt" --epochs 1 --fnc1 1 --peak 5e-5 --minutes 34 $bf16 &
judge=$!
step reader4 train_reader.py --start "$work/untaught.pt" --silver "$work/feelings" "$work/names" \
  --epochs silver=2.5,newsmtsc=1.5,joined=0.3,conll=1,world=0.8 --peak 6e-5 --minutes 33 $bf16
wait $judge
python "$here/average.py" --out "$work/taught.pt" "$work/reader4/average.pt:0.5" "$work/untaught.pt:0.5"
step reader5 train_reader.py --start "$work/taught.pt" --silver "$work/more" \
  --epochs silver=5,newsmtsc=3,joined=2,conll=1.2,world=1.2 --peak 8e-5 --minutes 50 $bf16
# Twice more from there, side by side, with other seeds; the mean of all three is shipped.
more=(--start "$work/reader5/average.pt" --epochs silver=3,newsmtsc=3,joined=2,conll=2,world=2.5 --peak 8e-5 --minutes 46 $bf16)
step reader6 train_reader.py "${more[@]}" --seed 11 --silver "$work/more" "$work/feelings" "$work/names" &
sixth=$!
step reader7 train_reader.py "${more[@]}" --seed 12 --silver "$work/more"
wait $sixth
# The sentiment classes' and tags' offsets, by dev scores.
python "$here/finish_reader.py" --data "$data" --out "$work/reader.pt" --tags \
  --weights "$work/reader6/average.pt" "$work/reader7/average.pt" "$work/reader5/average.pt"
python "$here/average.py" --out "$work/judges.pt" "$work/judge1/average.pt:0.3" "$work/judge2/average.pt:0.7"
step judge3 train_judge.py --start "$work/judges.pt" --epochs 2 --others 2200 --fnc1 0.9 --peak 6e-5 --seed 5 --minutes 62 $bf16
judge=$work/judge.pt
python "$here/average.py" --out "$judge" "$work/judges.pt:0.7" "$work/judge3/average.pt:0.3"
python "$here/ranges.py" --data "$data" --reader "$work/reader.pt" --judge "$judge" --out "$work/ranges.npz"

export_to() {
  python "$here/export.py" --reader "$work/reader.pt" --judge "$judge" \
    --ranges "$work/ranges.npz" --heads "$here/../models" --out "$work/models" --float "$work/float" --version "$version" "$@"
}
export_to
python "$here/calibrate.py" --data "$data" --models "$work/models" | tail -n 1 >"$work/calibration.json"
python "$here/evaluate.py" --data "$data" --models "$work/models" "$work/float" --part dev
python "$here/evaluate.py" --data "$data" --models "$work/models" "$work/float" --part test --json "$work/metrics.json"
export_to --calibration "$work/calibration.json" --metrics "$work/metrics.json"
cp "$work"/models/*.onnx "$work"/models/vocab.txt "$work"/models/manifest.json "$here/../models/"

# The heads that link mentions, on the new reader's states.
bash "$here/link.sh" "$data" "$work" "$here/../models"
# The head that tells a sentence's worth for a summary, likewise.
bash "$here/salience.sh" "$data" "$work" "$here/../models" "$version"
# The head that tells what one mention feels about another, likewise.
python "$here/directed.py" --data "$data" --models "$here/../models" --version "$version" --all
bash "$here/voiced.sh" "$data" "$here/../models" "$version"
