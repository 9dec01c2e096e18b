from __future__ import annotations

import numpy as np

from today_feeling.domain.evaluation.columns import Features, features


def of(**columns: list[str]) -> Features:
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return features(rows, list(columns))


def test_columns_are_numbers_or_categories() -> None:
    told = of(
        tempo=[str(100 + n) for n in range(8)],
        genre=["jazz", "pop"] * 4,
        genre_id=["1", "2"] * 4,
        key=["0.0", "11.0"] * 4,
        name=[f"T{n}" for n in range(8)],
        flat=["3"] * 8,
    )
    assert told.numbers.shape == (8, 1)
    np.testing.assert_allclose((told.numbers.mean(), told.numbers.std()), (0, 1), atol=1e-12)
    assert told.categories.shape == (8, 6)
    assert told.genres.shape == (8, 4)
    assert (told.genres.sum(1) == 2).all()
    assert told.unread == ("name", "flat")


def test_a_word_for_nothing_makes_no_category_of_a_column_of_numbers() -> None:
    for nothing in ("NA", "NaN", "null", "-", ""):
        told = of(tempo=["1", nothing, "3.5"])
        assert told.numbers.shape == (3, 1)
        assert told.numbers[1, 0] == 0
        assert not told.unread
    assert of(tempo=[*(str(n) for n in range(20)), "fast"]).numbers.shape == (21, 1)


def test_numbers_stay_numbers_whatever_their_name_begins_with() -> None:
    names = ("artist_popularity", "genre_rock_prob", "key_confidence", "album_year")
    told = of(**{name: [f"{n / 10}" for n in range(30)] for name in names})
    assert told.numbers.shape == (30, 4)
    assert of(genre_popularity=[str(n) for n in range(60)]).numbers.shape == (60, 1)


def test_genres_as_columns_of_0_and_1_stand_side_by_side() -> None:
    columns = {"genre_rock": ["1", "0", "0"] * 4, "genre_pop": ["0", "1.0", ""] * 4}
    told = of(**columns)
    assert told.genres.tolist()[:3] == [[1, 0], [0, 1], [0, 0]]
    by_name_alone = of(**{name.removeprefix("genre_"): each for name, each in columns.items()})
    assert by_name_alone.genres.tolist() == told.genres.tolist()


def test_a_category_that_is_no_genre_is_none() -> None:
    told = of(key=["0", "5", "7"] * 4, artist=["a", "b", "c"] * 4, explicit=["1", "0", "0"] * 4)
    assert told.genres.shape == (12, 0)
    assert told.categories.shape == (12, 7)


def test_a_song_may_be_of_several_genres() -> None:
    for both in ("rock|pop", "Pop; Rock", "['pop', 'rock']", "rock, pop", "rock/pop"):
        told = of(genre=["pop", both] * 4)
        assert told.genres.tolist()[1] == [1], both
        assert told.genres.sum() == 4, both
    ids = of(genre_ids=["[21, 1022]", "[21]", "[7]"] * 4)
    assert sorted(ids.genres.sum(0)) == [4, 4, 8]


def test_a_date_is_its_year() -> None:
    dates = of(released=["1999-05-01", "2004", "2009-07", "NA"])
    years = of(released=["1999", "2004", "2009", ""])
    assert dates.numbers.tolist() == years.numbers.tolist()


def test_a_missing_number_is_the_mean() -> None:
    assert of(tempo=["1", "", "3"]).numbers[:, 0].tolist() == [-1, 0, 1]


def test_many_columns_become_few() -> None:
    rng = np.random.default_rng(1)
    numbers = of(**{f"f{m}": [str(rng.normal()) for _ in range(100)] for m in range(80)}).numbers
    assert numbers.shape == (100, 32)
    assert 0.5 < numbers.std() < 2
    flags = of(**{f"t{m}": [str(int(rng.random() < 0.3)) for _ in range(100)] for m in range(90)})
    assert flags.categories.shape == (100, 64)
