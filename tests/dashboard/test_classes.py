"""Tests of the classes of colour of a map."""

from dashboard.queries.classes import ValueClass, classes, place


def test_each_class_holds_equally_many_areas_where_values_differ() -> None:
    found = classes([10.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 1000.0])
    assert found == [
        ValueClass(1, 2, 2),
        ValueClass(3, 4, 2),
        ValueClass(5, 6, 2),
        ValueClass(7, 8, 2),
        ValueClass(10, 1000, 2),
    ]


def test_equal_values_are_never_parted() -> None:
    found = classes([0.0] * 7 + [1.0, 2.0, 3.0, 4.0, 5.0])
    assert found[0] == ValueClass(0, 0, 7)
    assert sum(one.areas for one in found) == 12


def test_few_different_values_are_each_their_own_class() -> None:
    assert classes([0.5, 1.0, 0.5]) == [ValueClass(0.5, 0.5, 2), ValueClass(1, 1, 1)]
    assert classes([0.5]) == [ValueClass(0.5, 0.5, 1)]


def test_without_values_there_are_no_classes() -> None:
    assert classes([]) == []


def test_every_value_falls_into_the_class_that_counts_it() -> None:
    values = [1.0, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0]
    found = classes(values)
    assert [sum(place(value, found) == number for value in values) for number in range(len(found))] == [
        one.areas for one in found
    ]
