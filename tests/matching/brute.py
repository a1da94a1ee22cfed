"""Answers by trying everything: slow, obviously right, for small cases only."""

from itertools import product


def all_placements(problem):
    """Yield every allowed placement as a list: the pair number of each seeker, or -1."""
    options = [[-1] for __ in range(problem.seekers)]
    for number, seeker in enumerate(problem.seeker.tolist()):
        options[seeker].append(number)
    offers, sizes, capacity = problem.offer.tolist(), problem.size.tolist(), problem.capacity.tolist()
    for choice in product(*options):
        load = [0] * problem.offers
        for seeker, pair in enumerate(choice):
            if pair >= 0:
                load[offers[pair]] += sizes[seeker]
        if all(used <= room for used, room in zip(load, capacity, strict=True)):
            yield choice


def value(problem, choice, objective):
    """Return what is compared: counts of the classes, score, days waited; or the score alone."""
    score = sum(int(problem.score[pair]) for pair in choice if pair >= 0)
    if objective == "score":
        return (score,)
    classes = sorted(set(problem.priority.tolist()))
    placed = [seeker for seeker, pair in enumerate(choice) if pair >= 0]
    counts = [sum(int(problem.priority[one]) == number for one in placed) for number in classes]
    return (*counts, score, sum(int(problem.waited[one]) for one in placed))


def best(problem, objective):
    """Return the greatest value any placement has."""
    return max(value(problem, choice, objective) for choice in all_placements(problem))
