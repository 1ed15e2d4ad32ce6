"""What simulated experts write: each text says that it is simulated, wherever it is read."""

import random

MARKS = {"en": "(simulated)", "ko": "(모의 응답)", "ja": "（模擬回答）"}
TEXTS = {
    "en": (
        "Earlier crises went this way.", "The means are there; the will is what I doubt.", "I see no sign that this changes within the time asked about.",
        "Whoever begins this pays for it at once.", "Much depends on what the partners do first.", "Preparations can be seen, but they have been seen before.",
        "The economy on both sides speaks against it.", "A mistake is likelier than a decision.", "I judge by exercises, not by speeches.",
    ),
    "ko": (
        "과거 위기가 이렇게 진행되었습니다.", "능력은 있으나 의지가 있는지는 의문입니다.", "질문한 기간 안에 달라질 조짐은 보이지 않습니다.",
        "먼저 시작하는 쪽이 곧바로 대가를 치릅니다.", "동맹국이 먼저 무엇을 하느냐에 많은 것이 달려 있습니다.", "준비 움직임은 보이지만 전에도 있던 일입니다.",
        "양측의 경제를 생각하면 가능성이 낮습니다.", "결정보다는 오판의 가능성이 더 큽니다.", "발언보다 훈련을 보고 판단합니다.",
    ),
    "ja": (
        "これまでの危機はこのように進みました。", "能力はありますが、意思があるかは疑問です。", "問われた期間に変わる兆しは見えません。",
        "先に始めた側がすぐに代償を払います。", "同盟国がまず何をするかに大きく左右されます。", "準備の動きは見えますが、以前にも見られたものです。",
        "双方の経済を考えると起こりにくいです。", "決断よりも誤算のほうがありそうです。", "発言ではなく演習を見て判断しています。",
    ),
}


def simulated_text(language: str, chance: random.Random) -> str:
    """A sentence or two that fit no question too badly, marked."""
    spoken = language if language in TEXTS else "en"
    sentences = chance.sample(TEXTS[spoken], chance.choice((1, 2)))
    return marked(("" if spoken == "ja" else " ").join(sentences), spoken)


def marked(text: str, language: str) -> str:
    """A given text, marked as simulated."""
    mark = MARKS.get(language, MARKS["en"])
    return f"{mark}{text}" if language == "ja" else f"{mark} {text}"
