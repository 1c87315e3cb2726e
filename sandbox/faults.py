"""Faults put in the way of the bot's calls: refused, lost before or after acceptance, slow, never answered."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["429", "500_before", "500_after", "reset_before", "reset_after", "hang", "slow"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(slots=True, kw_only=True)
class Fault:
    """A fault for the next `times` calls of `method` (None: any but start-up calls).

    `seconds` is Retry-After [s] of a 429, or how late a `slow` call is accepted; a `hang` lasts `Pace.hang`.
    """

    kind: Kind
    method: str | None = None
    times: int = 1
    seconds: float = 1.0


@dataclass(slots=True, kw_only=True)
class Weather:
    """Faults by chance: each call of `methods` (empty: any) meets one of `kinds` with probability `rate`."""

    rate: float
    kinds: tuple[Kind, ...]
    methods: frozenset[str]
    seconds: float
    chance: random.Random


# A bot that cannot start tells nothing; only a fault that names these meets them.
SPARED = ("auth.test", "apps.connections.open")


class Faults:
    """The faults waiting, in the order they were put."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.weather: Weather | None = None
        self.met: list[Fault] = []

    def put(self, kind: Kind, method: str | None = None, *, times: int = 1, seconds: float = 1.0) -> None:
        """Let the next `times` calls of a method meet a fault.

        Raises:
            ValueError: for an unknown kind.
        """
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}: one of {', '.join(KINDS)}")
        self.waiting.append(Fault(kind=kind, method=method, times=times, seconds=seconds))

    def by_chance(
        self,
        rate: float,
        *,
        seed: int,
        kinds: Iterable[Kind] = KINDS,
        methods: Iterable[str] = (),
        seconds: float = 0.5,
    ) -> None:
        """From now on let calls meet faults at random; the same seed and calls give the same faults."""
        chance = random.Random(seed)  # noqa: S311 - a repeatable dice, nothing secret
        self.weather = Weather(
            rate=rate, kinds=tuple(kinds), methods=frozenset(methods), seconds=seconds, chance=chance
        )

    def clear(self) -> None:
        """Take all faults away."""
        self.waiting.clear()
        self.weather = None

    def take(self, method: str) -> Fault | None:
        """The fault this call meets, counted down."""
        fault = self._put_for(method) or self._by_chance_for(method)
        if fault is not None:
            self.met.append(fault)
        return fault

    def _put_for(self, method: str) -> Fault | None:
        for fault in self.waiting:
            if fault.method == method or (fault.method is None and method not in SPARED):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return Fault(kind=fault.kind, method=method, seconds=fault.seconds)
        return None

    def _by_chance_for(self, method: str) -> Fault | None:
        weather = self.weather
        if weather is None or method in SPARED or (weather.methods and method not in weather.methods):
            return None
        if weather.chance.random() >= weather.rate:
            return None
        return Fault(kind=weather.chance.choice(weather.kinds), method=method, seconds=weather.seconds)
