# What the runs share; sourced by them. `here`, `data` and `work` are set, and `bf16` where the environment says BF16=--bf16.
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false
bf16=${BF16:-}
mkdir -p "$work"

step() { # step NAME SCRIPT OPTIONS...: one training, unless it is done already; its log is WORK_DIR/NAME.out
  local name=$1 script=$2
  shift 2
  [ -e "$work/$name.done" ] && return
  python "$here/$script" --data "$data" --out "$work/$name" "$@" >>"$work/$name.out" 2>&1
  touch "$work/$name.done"
}
