"""What both trainings share: optimiser, schedule, weight averaging, checkpoints, resume."""

import functools
import os
import time

import torch

PEAK, HEAD_FACTOR, WARM_UP, DECAY = 1e-4, 5.0, 0.1, 0.01


def optimiser(model: torch.nn.Module, peak: float):
    """AdamW; the heads learn faster than the encoder; no weight decay on biases and norms."""
    groups: dict[tuple[bool, bool], list] = {}
    for name, p in model.named_parameters():
        groups.setdefault((name.startswith("encoder."), p.ndim > 1), []).append(p)
    return torch.optim.AdamW(
        [
            {
                "params": params,
                "factor": peak * (1.0 if encoder else HEAD_FACTOR),
                "weight_decay": DECAY if matrix else 0.0,
            }
            for (encoder, matrix), params in groups.items()
        ],
        lr=peak,
        fused=True,
    )


class Average:
    """Exponential moving average of the weights; the decay is lower over the first steps."""

    def __init__(self, model: torch.nn.Module, decay: float):
        self.decay, self.steps = decay, 0
        self.weights = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: torch.nn.Module):
        self.steps += 1
        rate = 1 - min(self.decay, (1 + self.steps) / (10 + self.steps))
        ours = list(self.weights.values())
        torch._foreach_lerp_(ours, list(model.state_dict().values()), rate)


def train(model, batches, loss_of, evaluate, folder, minutes=None, stop=None, peak=PEAK, average=0.999,
          check_minutes=12.0, save_minutes=4.0, bf16=False):  # fmt: skip
    """Run over `batches` once: loss_of(batch) -> (loss, pieces), evaluate(final) -> {metric: value}.

    With `minutes` the learning rate reaches zero, and training ends, when that time is used up, if the
    batches last that long; with `stop` it ends after that many steps. The state is in folder/last.pt (for resume), both weight sets of each check
    in folder/raw.pt and folder/average.pt, and the figures in folder/log.txt."""
    os.makedirs(folder, exist_ok=True)
    cast = functools.partial(torch.autocast, "cpu", torch.bfloat16, enabled=bf16)
    opt, ema = optimiser(model, peak), Average(model, average)
    step, spent, state = 0, 0.0, os.path.join(folder, "last.pt")
    if os.path.exists(state):
        saved = torch.load(state, weights_only=True)
        model.load_state_dict(saved["model"])
        opt.load_state_dict(saved["optimiser"])
        ema.weights, ema.steps = saved["average"], saved["average_steps"]
        step, spent = saved["step"], saved["spent"]
        torch.manual_seed(step)

    log = open(os.path.join(folder, "log.txt"), "a", buffering=1)

    def say(text):
        log.write(text + "\n")
        print(text, flush=True)

    def write(name, content):
        torch.save(content, os.path.join(folder, name + ".new"))
        os.replace(os.path.join(folder, name + ".new"), os.path.join(folder, name))

    def check(final=False):
        raw = {k: v.clone() for k, v in model.state_dict().items()}
        model.eval()
        for name, weights in (("raw", raw), ("average", ema.weights)):
            write(name + ".pt", weights)
            model.load_state_dict(weights)
            with cast():
                figures = " ".join(f"{k} {v:.2f}" for k, v in evaluate(final).items())
            say(f"check step {step} {name}: {figures}")
        model.load_state_dict(raw)
        model.train()

    model.train()
    begin = time.time() - spent
    saved_at = checked_at = said_at = time.time()
    losses: dict[str, list[float]] = {}
    pieces = 0
    while step < min(len(batches), stop or len(batches)):
        progress = step / len(batches)
        if minutes:
            progress = max(progress, (time.time() - begin) / (60 * minutes))
        if progress >= 1:
            break
        rate = min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))
        for group in opt.param_groups:
            group["lr"] = group["factor"] * rate
        with cast():
            loss, n = loss_of(batches[step])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        opt.zero_grad()
        ema.update(model)
        step += 1
        pieces += n
        losses.setdefault(batches[step - 1][0], []).append(loss.item())
        now = time.time()
        if now - said_at > 60:
            means = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sorted(losses.items()))
            say(f"step {step}/{len(batches)} {pieces / (now - said_at):.0f} pieces/s rate {rate:.3f} {means}")
            losses, pieces, said_at = {}, 0, now
        if now - saved_at > 60 * save_minutes:
            write("last.pt", {"model": model.state_dict(), "optimiser": opt.state_dict(), "step": step,
                              "average": ema.weights, "average_steps": ema.steps,
                              "spent": time.time() - begin})  # fmt: skip
            saved_at = time.time()
        if now - checked_at > 60 * check_minutes:
            check()
            said_at = checked_at = time.time()
            pieces = 0
    check(final=True)
