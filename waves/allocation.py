"""PURE: proposing a wave for everybody at once; a person edits and confirms what comes out (R32).

Hard: which waves a role may take (R18), nobody before a party that it relies on (R33; the same
wave is allowed), what is fixed stays. Then, one after the other: as few as possible without a
wave, as little as possible over capacity, wishes, and an even load of reviewers. Nothing here
knows when anybody asked: a place is never given by order of arrival (R36, QA&P 9.3.2).
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from waves.capacity import Room
from waves.order import Key, broken
from waves.refusals import Unmet, explain
from waves.seats import Answer, Bid

SECONDS_A_STAGE = 5.0


@dataclass(frozen=True, slots=True)
class Market:
    """Everybody who stands in a wave or wishes to, with who relies on whom.

    ``outside`` gives the order of parties that stand in no wave, such as those in SIT (0, R35).
    ``is_hard`` keeps within capacity even if somebody then gets no wave.
    """

    bids: Sequence[Bid]
    edges: Sequence[tuple[Hashable, Hashable]] = ()
    outside: Mapping[Hashable, int] = field(default_factory=dict)
    space: Mapping[int, Room] = field(default_factory=dict)
    waves: Sequence[int] = (1, 2, 3, 4)
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the assistant proposes: waves by key, and a reason for each wish not met."""

    waves: Mapping[Hashable, int]
    unmet: Sequence[Unmet]
    is_proven: bool
    seconds: float


def allocate(market: Market) -> Proposal:
    """Return the best allocation, the same one each time for the same market."""
    edges = _binding(market)
    model = _Model(market, edges)
    proven = model.solve()
    waves = model.answer()
    answer = Answer(waves, market.outside, edges, market.space)
    return Proposal(
        waves=waves,
        unmet=explain(market.bids, answer),
        is_proven=proven,
        seconds=model.seconds,
    )


def _binding(market: Market) -> list[tuple[Hashable, Hashable]]:
    """The edges that an answer can still keep: those broken among the fixed are nobody's choice."""
    fixed = {bid.key: bid.fixed for bid in market.bids if bid.fixed is not None}
    known = {**market.outside, **fixed}
    lost = {each.chain for each in broken(market.edges, known) if each.is_direct}
    keys = {bid.key for bid in market.bids} | set(market.outside)
    return [edge for edge in market.edges if set(edge) <= keys and tuple(edge) not in lost]


def _shuffled(bids: Iterable[Bid]) -> list[Bid]:
    """The bids in an order that says nothing of them: not their age, not their names."""
    return sorted(bids, key=lambda bid: sha256(repr(bid.key).encode()).digest())


class _Model:
    """The bids as a mixed integer program, solved goal by goal."""

    def __init__(self, market: Market, edges: Collection[tuple[Key, Key]]) -> None:
        # A heavy library (HiGHS with numpy) that only this act needs.
        import highspy  # noqa: PLC0415

        self.market, self.bids = market, _shuffled(market.bids)
        self.solver = highspy.Highs()
        self.optimal = highspy.HighsModelStatus.kOptimal
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("time_limit", SECONDS_A_STAGE),
        ):
            self.solver.setOptionValue(option, value)
        self.takes: dict[tuple[Hashable, int], object] = {}
        self.without: dict[Hashable, object] = {}
        self.over: list[object] = []
        self.used: dict[tuple[str, int], object] = {}
        self._seat()
        self._order(edges)
        self._fit()

    @property
    def seconds(self) -> float:
        """How long the solver worked, by its own count."""
        return self.solver.getRunTime()

    def _seat(self) -> None:
        """Everybody takes one of its waves, or none; what is fixed takes its own."""
        for bid in self.bids:
            for wave in self.market.waves:
                may = wave == bid.fixed if bid.fixed is not None else wave in bid.open
                self.takes[bid.key, wave] = self.solver.addVariable(
                    lb=1 if wave == bid.fixed else 0, ub=1 if may else 0
                )
            none = self.solver.addVariable(lb=0, ub=0 if bid.fixed is not None else 1)
            self.without[bid.key] = none
            self.solver.addConstr(self._sum(bid.key) + none == 1)
        every = [*self.takes.values(), *self.without.values()]
        for each in every:
            self.solver.setInteger(each)

    def _sum(self, key: Hashable, until: int | None = None):
        waves = self.market.waves
        return self.solver.qsum(
            self.takes[key, wave] for wave in waves if until is None or wave <= until
        )

    def _order(self, edges: Collection[tuple[Key, Key]]) -> None:
        """Whoever is placed by a wave has its providers placed by that wave (R33)."""
        fixed = {bid.key: bid.fixed for bid in self.bids if bid.fixed is not None}
        known = {**self.market.outside, **fixed}
        for relying, provider in edges:
            if relying in known and provider in known:
                continue
            if provider in known:
                self._forbid(relying, [w for w in self.market.waves if w < known[provider]])
            elif relying in known:
                self._forbid(provider, [w for w in self.market.waves if w > known[relying]])
            else:
                for wave in self.market.waves:
                    ahead = self._sum(provider, wave) - self._sum(relying, wave)
                    self.solver.addConstr(ahead >= 0)

    def _forbid(self, key: Hashable, waves: Iterable[int]) -> None:
        for wave in waves:
            self.solver.changeColBounds(self.takes[key, wave].index, 0, 0)

    def _fit(self) -> None:
        """Count places and reviewer-weeks in each wave beside what it can take."""
        bodies = sorted({body for bid in self.bids for body in bid.needs})
        for wave in self.market.waves:
            space = self.market.space.get(wave, Room())
            places = [(bid.places, self.takes[bid.key, wave]) for bid in self.bids]
            self._keep_within(places, space.places)
            for body in bodies:
                weeks = [
                    (bid.needs[body], self.takes[bid.key, wave])
                    for bid in self.bids
                    if bid.needs.get(body)
                ]
                self.used[body, wave] = self.solver.qsum(count * taken for count, taken in weeks)
                self._keep_within(weeks, space.weeks.get(body))

    def _keep_within(self, counted: Sequence[tuple[int, object]], most: int | None) -> None:
        if most is None or not counted:
            return
        total = self.solver.qsum(count * taken for count, taken in counted)
        if self.market.is_hard:
            # What is fixed may be over by itself; then nothing more comes in.
            most = max(most, self._fixed_part(counted))
            self.solver.addConstr(total <= most)
            return
        over = self.solver.addVariable(lb=0)
        self.over.append(over)
        self.solver.addConstr(total - over <= most)

    def _fixed_part(self, counted: Sequence[tuple[int, object]]) -> int:
        lower = self.solver.getLp().col_lower_
        return sum(count for count, taken in counted if lower[taken.index] == 1)

    def solve(self) -> bool:
        """Reach one goal after the other; return whether each was proved to be the best."""
        places = {bid.key: bid.places for bid in self.bids}
        left_out = self.solver.qsum(places[key] * none for key, none in self.without.items())
        proven = self._reach(left_out, gap=0.9)
        if self.over:
            proven &= self._reach(self.solver.qsum(self.over), gap=0.9)
        proven &= self._reach(self._disappointment(), gap=0.9)
        return self._reach(self._unevenness(), gap=0.01, is_last=True) and proven

    def _disappointment(self):
        """How far everybody is from its wish; two waves for one weigh more than one for two."""
        return self.solver.qsum(
            (wave - bid.wish) ** 2 * self.takes[bid.key, wave]
            for bid in self.bids
            for wave in self.market.waves
            if wave != bid.wish
        )

    def _unevenness(self):
        """The fullest wave of each body, as a share of what the body has there."""
        peaks = []
        for body in sorted({body for body, _ in self.used}):
            peak = self.solver.addVariable(lb=0)
            peaks.append(peak)
            for wave in self.market.waves:
                has = self.market.space.get(wave, Room()).weeks.get(body)
                share = 100 / has if has else 1
                self.solver.addConstr(peak - share * self.used[body, wave] >= 0)
        return self.solver.qsum(peaks)

    def _reach(self, goal, *, gap: float, is_last: bool = False) -> bool:
        self.solver.setOptionValue("mip_abs_gap", gap)
        self.solver.setOptionValue("mip_rel_gap", 0.001 if is_last else 0.0)
        self.solver.minimize(goal)
        self.found = self.solver.getSolution().col_value
        proven = self.solver.getModelStatus() == self.optimal
        if not is_last:
            best = round(self.solver.getObjectiveValue())
            self.solver.addConstr(goal <= best + 0.5)
        return proven

    def answer(self) -> dict[Hashable, int]:
        """Return the wave of everybody who has one."""
        return {
            key: wave for (key, wave), taken in self.takes.items() if self.found[taken.index] > 0.5
        }
