"""The labelled set: typed changes to scripts, each with what a script coordinator would say of it.

A row names a script and what is typed in it; its answer was written by hand from the script and its storyboard: which
shots are `changed` (their words or action are), `gone`, `moved`, how many are `added`, and which are pictured `anew`
though their script is the same, because their place, their hour or who stands there is another. Every other shot is to
keep its id, its lines in the file and its take.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CUT", "EDITS", "TO", "Edit"]

TO = "\0"  # between the first and last words of a passage that is taken out
CUT = "\1"  # what was taken out last


@dataclass(frozen=True)
class Edit:
    """`typed` are pairs: text that stands in the script, and what it becomes (see `TO` and `CUT`)."""

    name: str
    script: str
    typed: tuple[tuple[str, str], ...]
    changed: str = ""
    gone: str = ""
    added: int = 0
    moved: str = ""
    anew: str = ""

    def draft(self, text: str) -> str:
        """The script with what is typed in it."""
        cut = ""
        for old, new in self.typed:
            first, _, last = old.partition(TO)
            start = text.index(first)
            if last:
                end = text.index(last, start) + len(last)
                cut = text[start:end]
                text = text[:start] + new + text[end:]
            else:
                text = text.replace(old, new.replace(CUT, cut))
        return text


FOUND, VOTE, BUS = "examples/found.fountain", "examples/the-vote.fountain", "examples/末班车.fountain"
COFFEE, BOB = "coffee_shop_masonegger.fountain", "cyber_bob_ep00001.fountain"

_BEACH_TALK = """ELIAS
My wife would have given him a ridiculous name.

NADIA
Such as?

ELIAS
Admiral.
"""
# fmt: off
EDITS = (
    Edit("one word, as long as before", FOUND, (("No dogs.", "No cats."),), changed="S2.4"),
    Edit("one word in a long line", FOUND, (("all week", "all year"),), changed="S2.12"),
    Edit("a line made longer", FOUND, (("Of course.", "Of course. It would be tonight."),), changed="S1.4"),
    Edit("a line made shorter", FOUND, ((" I missed it too.", ""),), changed="S1.9"),
    Edit("a line rewritten", FOUND, (("That is not an address.", "Then somebody is far from home."),), changed="S2.11"),
    Edit("a parenthetical comes", FOUND, (("NADIA\nSuch as?", "NADIA\n(laughing)\nSuch as?"),), changed="S3.4"),
    Edit("a parenthetical goes", FOUND, (("(softly)\n", ""),), changed="S3.6"),
    Edit("a parenthetical changes", FOUND, (("(quietly)", "(angrily)"),), changed="S2.8"),
    Edit("an exclamation mark", FOUND, (("Admiral.", "Admiral!"),), changed="S3.4"),
    Edit("a line cut that has a shot of its own", FOUND, (("ELIAS\nThat is not an address.\n\n", ""),), gone="S2.11"),
    Edit("a line cut out of an exchange", FOUND, (("NADIA\nHe isn't mine.\n\n", ""),), changed="S2.4"),
    Edit("a line put into an exchange", FOUND,
         (("NADIA\nHe isn't mine.", "NADIA\nHe isn't mine.\n\nELIAS\nWhose, then?\n\nNADIA\nNobody's."),),
         changed="S2.4"),
    Edit("a speech split by an action", FOUND,
         (("One biscuit. And then", "One biscuit.\n\nThe dog sneezes.\n\nELIAS\nAnd then"),), changed="S2.8", added=2),
    Edit("two speeches made one", FOUND,
         (("five.\n\nNADIA\nAren't you closing?\n\nELIAS\nI have", "five. I have"),), changed="S2.14", anew="S2.15"),
    Edit("a line given to another", FOUND, (("NADIA\nAren't you closing?", "DOG\nAren't you closing?"),),
         changed="S2.14"),
    Edit("a sentence of action changed", FOUND,
         (("Elias puts down the cup.", "Elias puts down the cup and sighs."),), changed="S2.13"),
    Edit("a sentence of action cut", FOUND, ((" The dog looks at Elias.", ""),), gone="S2.7"),
    Edit("a sentence of action put in", FOUND,
         (("The dog looks at Elias.", "The dog yawns. The dog looks at Elias."),), added=1),
    Edit("a paragraph of action put in", FOUND,
         (("Elias puts down the cup.\n", "Elias puts down the cup.\n\nA clock ticks on the wall.\n"),), added=1),
    Edit("one of two sentences in one shot changed", FOUND,
         (("Pale light over the water.", "Grey light over the water."),), changed="S3.1"),
    Edit("a dissolve becomes a cut", FOUND, (("DISSOLVE TO:", "CUT TO:"),), changed="S3.1"),
    Edit("a scene at another hour", FOUND, (("EXT. BEACH - DAWN", "EXT. BEACH - NIGHT"),), anew="S3"),
    Edit("a scene in another place", FOUND, (("INT. CAFÉ - NIGHT", "INT. BAR - NIGHT"),), anew="S2"),
    Edit("a scene is cut", FOUND, (("EXT. BEACH - DAWN" + TO + "The sun comes up.\n", ""),),
         gone="S3.1 S3.2 S3.3 S3.4 S3.5 S3.6 S3.7 S3.8"),
    Edit("a scene is put in between", FOUND,
         (("DISSOLVE TO:", "INT. BUS - NIGHT\n\nThe bus is empty. Nadia sleeps.\n\nDISSOLVE TO:"),), added=2),
    Edit("a scene is put in first", FOUND,
         (("EXT. STATION PLATFORM - NIGHT",
           "INT. TAXI - NIGHT\n\nNadia looks at her watch.\n\nNADIA\nFaster, please.\n\n"
           "EXT. STATION PLATFORM - NIGHT"),), changed="S1.1", added=4),
    Edit("a scene cut in two", FOUND,
         (("Elias puts down the cup.", "INT. CAFÉ KITCHEN - LATER\n\nElias puts down the cup."),),
         changed="S2.13 S2.14 S2.15"),
    Edit("talk moved within its scene", FOUND,
         ((_BEACH_TALK + "\n", ""), ("They stand and", _BEACH_TALK + "\nThey stand and")),
         moved="S3.5 S3.6"),
    Edit("only notes, blank lines and a section", FOUND,
         (("NADIA\n(to the train)", "\n\n[[is this clear?]]\n\n# Two\n\nNADIA\n(to the train)"),)),
    Edit("scene numbers", FOUND,
         (("PLATFORM - NIGHT", "PLATFORM - NIGHT #1#"), ("CAFÉ - NIGHT", "CAFÉ - NIGHT #2#"))),
    Edit("somebody has another name", FOUND, (("NADIA", "NORA"), ("Nadia", "Nora")),
         anew="S1 S2.3 S2.4 S2.5 S2.6 S2.7 S2.8 S2.9 S2.10 S2.11 S2.12 S2.13 S2.14 S2.15 "
              "S3.3 S3.4 S3.5 S3.6 S3.7 S3.8"),
    Edit("one word among five people", VOTE, (("I suggest we vote.", "I propose we vote."),), changed="S1.10"),
    Edit("a line at one end of a call", VOTE, (("I held the knife.", "I hid the knife."),), changed="S5.4"),
    Edit("an action at the other end", VOTE, (("He wipes his tie.", "He loosens his tie."),), changed="S4.2"),
    Edit("the last scene is cut", VOTE, (("SMASH CUT TO:\n\nINT. OFFICE - NIGHT\n\nThe mayor eats cake.\n\n", ""),),
         gone="S6.1"),
    Edit("一个字", BUS, (("又晚了一步。", "又慢了一步。"),), changed="S1.4"),
    Edit("多一句话", BUS, (("林岚：您也在等车？", "林岚：您好。您也在等车？"),), changed="S1.7"),
    Edit("少一句话", BUS, (("林岚看着窗外，没有动。\n\n", ""),), changed="S2.4"),
    Edit("a scene moved to the end", FOUND,
         (("INT. CAFÉ - NIGHT" + TO + "Tonight I would like to leave.\n", ""), ("FADE OUT.", CUT + "\nFADE OUT."))),
    Edit("a scene moved and a line of it changed", FOUND,
         (("INT. CAFÉ - NIGHT" + TO + "Tonight I would like to leave.\n", ""),
          ("FADE OUT.", CUT + "\nFADE OUT."), ("No dogs.", "No cats.")), changed="S2.4"),
    Edit("a heading reworded", BUS,
         (("外景 车站 夜", "外景 火车站 夜"),), anew="S1"),
    Edit("a word in a coffee shop", COFFEE, (("Dead giveaway.", "Sure giveaway."),), changed="S1.13"),
    Edit("a word of a reply", COFFEE, (("Writer's block?", "Painter's block?"),), changed="S1.11"),
    Edit("an action in the coffee shop is cut", COFFEE, (("The door chimes. ", ""),), gone="S1.5"),
    Edit("somebody says more", COFFEE, (("No, go ahead.", "No, go ahead. Please."),), changed="S1.8"),
    Edit("a word of Bob's", BOB, (("Hi hello.", "Hi there."),), changed="S1.5"),
    Edit("a dog barks otherwise", BOB, (("YIP YUP!", "YIP YAP YUP!"),), changed="S1.5 S3.10"),
    Edit("Margaret asks more", BOB, (("Your hmm hey hwuh? Bwuh?", "Your hmm hey hwuh? Bwuh? What?"),), changed="S1.12"),
    Edit("the boss commands otherwise", BOB, (("by chihuahuas.", "by poodles."),), changed="S1.22"),
    Edit("the dogs do not go silent", BOB, (("The dogs go silent.\n", ""),), changed="S1.10"),
)
# fmt: on
