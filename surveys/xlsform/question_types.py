"""What stands in the column `type`, in all its spellings."""

import re
from dataclasses import dataclass

BLOCK = re.compile(r"(?P<end>begin|end)[ _]+(?P<kind>l?group|repeat|looped[ _]group|loop|score|rank|kobomatrix)\b.*", re.IGNORECASE | re.DOTALL)
SELECT = re.compile(
    r"(?:add )?(?P<verb>select[ _]one[ _]from[ _]file|select[ _]multiple[ _]from[ _]file|select[ _]one[ _]external|select[ _]multiple"
    r"|select[ _]one|select1|select all that apply|odk:rank|rank)(?: prompt)?(?: from| using)?\s+(?P<list>\S+)(?P<other>\s+or[ _](?:specify[ _])?other)?",
    re.IGNORECASE)
VERBS = {"select one": "select_one", "select1": "select_one", "select multiple": "select_multiple", "select all that apply": "select_multiple",
         "rank": "rank", "odk:rank": "rank"}
BLOCKS = {"lgroup": "group", "looped group": "repeat", "loop": "repeat", "kobomatrix": "matrix"}
ALIASES = {
    "string": "text", "int": "integer", "percentage": "percent", "phone number": "phone", "photo": "image", "trigger": "acknowledge",
    "gps": "geopoint", "location": "geopoint", "date time": "datetime", "start time": "start", "end time": "end", "get today": "today",
    "device id": "deviceid", "imei": "deviceid", "score row": "score__row", "rank level": "rank__level",
}
LONGEST = 300
METADATA = frozenset({
    "start", "end", "today", "deviceid", "subscriberid", "subscriber id", "simserial", "sim id", "phonenumber", "username", "email", "audit", "uuid",
    "start-geopoint", "background-audio", "background-geopoint", "entity",
})
COMPUTED = frozenset({"calculate", "hidden", "xml-external", "csv-external"})
NOT_TAKEN = frozenset({"geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "barcode"})


@dataclass(frozen=True)
class QuestionType:
    """`base` is a plain name such as select_one or integer; "begin"/"end" for blocks, whose kind is in `block`."""

    base: str
    list_name: str = ""
    or_other: bool = False
    block: str = ""


def question_type(text: str) -> QuestionType:
    given = " ".join(text[:LONGEST].split())
    block = BLOCK.fullmatch(given)
    if block:
        kind = block["kind"].lower().replace("_", " ")
        return QuestionType(block["end"].lower(), block=BLOCKS.get(kind, kind))
    select = SELECT.fullmatch(given)
    if select:
        verb = select["verb"].lower().replace("_", " ")
        return QuestionType(VERBS.get(verb, "from_file"), select["list"], bool(select["other"]))
    plain = re.sub(r"^(?:q|add) | prompt$", "", given.lower())
    spaced = re.sub(r"(?<=[a-z])_+(?=[a-z])", " ", plain)
    return QuestionType(ALIASES.get(spaced, ALIASES.get(plain, spaced)))
