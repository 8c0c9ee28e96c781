"""Which made-up world does a researcher want, and what was planted in it?

It is made in a process of its own and given as one file; the workspace knows nothing of it.
"""

from typing import Final

import streamlit as st

from casework.errors import CaseworkError
from dashboard import address
from dashboard.making import FILE, KEPT, Making
from dashboard.numerals import whole
from dashboard.order import FEWEST, FORMS, MOST, REGIMES, SCALES, SEEDS, Order
from dashboard.parts import labels, sown, states
from dashboard.session import Session
from synthetic.world import PERSONS

_HELD: Final = "making"
_LOOK: Final = 0.5  # seconds between two looks at how far it is
_MINUTE: Final = 60
_LARGER: Final = "mingcha synthesize worlds/province/source --scale province --persons 10000000 --format parquet"


def show(session: Session) -> None:
    """What is wanted; what is being made; what was made."""
    session.demand("worlds")
    say = session.say
    if not session.desk.synthetic:  # else the frame says so
        st.html(f'<div class="synthetic" role="note">{say("worlds.banner")}</div>')
    st.title(say("worlds.title"))
    with st.container(key="place"):
        st.text(say("worlds.what"))
    held = _held(session)
    _begin(session, _order(session), held)
    if held is None:
        return
    if held.running:
        st.subheader(say("worlds.making", what=sown.described(session, held.order)))
        _progress(session, held)
    elif held.ready:
        sown.draw(session, held)
        st.button(say("worlds.remove"), key="remove", on_click=_forget)
    elif held.gone:
        states.nothing(say("worlds.gone"), say("worlds.gone_how", minutes=int(KEPT) // _MINUTE), part="world")
    else:
        states.nothing(say("worlds.failed"), session.text(held.fault), part="world")


def _held(session: Session) -> Making | None:
    """What this reader ordered; never what another left in the same window."""
    held = st.session_state.get(_HELD)
    if isinstance(held, Making) and held.who != session.who:
        _forget()
        return None
    return held if isinstance(held, Making) else None


def _forget() -> None:
    held = st.session_state.pop(_HELD, None)
    if isinstance(held, Making):
        held.close()


# -- what is wanted --------------------------------------------------------------------------------------------------


def _order(session: Session) -> Order:
    """The order that the URL names, and the widgets that write it."""
    say = session.say
    order, strange = _asked()
    if strange:
        called = {
            "scale": say("worlds.scale"),
            "persons": say("worlds.persons"),
            "seed": say("worlds.seed"),
            "regime": say("worlds.regime"),
            "form": say("worlds.form"),
        }
        st.warning(say("worlds.strange", names=say("worlds.and").join(called[name] for name in strange)))
    st.subheader(say("worlds.order"))
    scale, persons, seed, form = st.columns(4)
    with scale:
        key, changed = address.bound("scale", order.scale, clears=("persons",))
        st.selectbox(say("worlds.scale"), SCALES, format_func=sown.scales(say).__getitem__, key=key, on_change=changed)
    with persons:
        _number("persons", say("worlds.persons"), order.persons, FEWEST, MOST)
    with seed:
        _number("seed", say("worlds.seed"), order.seed, 1, SEEDS, hint=say("worlds.seed_what"))
    with form:
        key, changed = address.bound("form", order.form)
        st.selectbox(say("worlds.form"), FORMS, format_func=sown.forms(say).__getitem__, key=key, on_change=changed)
    key, changed = address.bound("regime", order.regime)
    what = {
        "capture": say("worlds.capture_what"),
        "clean": say("worlds.clean_what"),
        "needy_kin": say("worlds.needy_kin_what"),
        "one_surname": say("worlds.one_surname_what"),
    }
    st.radio(
        say("worlds.regime"),
        REGIMES,
        format_func=sown.regimes(say).__getitem__,
        captions=[what[name] for name in REGIMES],
        key=key,
        on_change=changed,
    )
    return order


def _asked() -> tuple[Order, list[str]]:
    """What the URL asks for, and the names of what it asks in vain."""
    usual = Order()
    scale = next((one for one in SCALES if one == address.read("scale")), usual.scale)
    regime = next((one for one in REGIMES if one == address.read("regime")), usual.regime)
    form = next((one for one in FORMS if one == address.read("form")), usual.form)
    persons = _within("persons", PERSONS[scale], FEWEST, MOST)
    seed = _within("seed", usual.seed, 1, SEEDS)
    taken = {"scale": scale, "persons": str(persons), "seed": str(seed), "regime": regime, "form": form}
    strange = [name for name, value in taken.items() if address.read(name) not in ("", value)]
    return Order(scale, persons, seed, regime, form), strange


def _within(name: str, usual: int, low: int, high: int) -> int:
    found = whole(address.read(name))
    return usual if found is None or not low <= found <= high else found


def _number(name: str, label: str, value: int, low: int, high: int, *, hint: str | None = None) -> None:
    key, changed = address.bound(name, "")
    st.session_state[key] = value  # a number, where an address has text
    st.number_input(label, min_value=low, max_value=high, step=1, key=key, on_change=changed, help=hint)


def _begin(session: Session, order: Order, held: Making | None) -> None:
    """What to wait for, the button, and the same by command line."""
    say = session.say
    st.text(say("worlds.estimate", persons=f"{order.about:,}", seconds=order.seconds))
    there = held is not None and held.ready
    if st.button(
        say("worlds.again") if there else say("worlds.make"),
        key="make",
        type="secondary" if there else "primary",
        disabled=held is not None and held.running,
    ):
        _forget()
        try:
            st.session_state[_HELD] = Making(order, session.who)
        except CaseworkError as error:
            with st.container(border=True, key="refusal"):
                st.text(error.say(session.language))
        else:
            st.rerun()
    with st.expander(say("worlds.command")):
        st.code(order.command, language=None, wrap_lines=True)
        st.text(say("worlds.limits", most=f"{MOST:,}"))
        st.code(_LARGER, language=None, wrap_lines=True)


# -- what is being made ----------------------------------------------------------------------------------------------


@st.fragment(run_every=_LOOK)
def _progress(session: Session, held: Making) -> None:
    """How far it is, looked at again and again; the page anew when it is done."""
    say, stage = session.say, held.stage
    if not held.running:
        st.rerun()
    if stage is None:
        st.progress(0.0, text=say("worlds.starting"))
    else:
        words = {"boundaries": say("worlds.stage_boundaries"), FILE: say("worlds.stage_packing")}
        name = words.get(stage.name) or labels.table(stage.name, session.language)
        st.progress(stage.step / stage.of, text=say("worlds.stage", step=stage.step + 1, of=stage.of, name=name))
    st.caption(say("worlds.background"))
    if st.button(say("worlds.cancel"), key="cancel"):
        _forget()
        st.rerun()
