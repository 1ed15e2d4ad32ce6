"""What simulated experts of the demonstration write, so that moderation and feedback have something to read. Each text is given once."""

OF_THREAT_PERCEPTION = {
    1: {
        "ts-shipping-2031": [
            "Insurers would stop sailing long before a navy had to.", "Trade through the strait matters too much to both sides.",
            "Inspections by a coast guard would be enough, and hard to answer.", "A slowdown of some days is far more likely than half of all traffic.",
            "Pressure has grown every year, and nothing has pushed back.",
        ],
        "bs-shipping-2031": [
            "Damage to cables has become frequent; ports would be the next step.", "All shores but two now belong to one alliance.",
            "A shadow fleet gives cover for incidents that nobody owns up to.", "Traffic would be escorted within days.",
        ],
        "ts-war-2031": [
            "The cost to the one who starts it would show within days.", "Exercises look more and more like rehearsals.",
            "Landing forces have to be built first, and are not there yet.", "An accident at sea could set it off without a plan.",
        ],
        "bs-war-2031": [
            "Forces are being rebuilt faster than was expected.", "The alliance's plans leave little to be gained quickly.",
            "A test of resolve below the threshold is likelier than a war.",
        ],
        "ts-war-severity": [
            "Most of our energy imports pass nearby.", "Ships can go round; it costs days, not a livelihood.", "Chips for our industry come from there.",
            "The signal to everybody else would weigh more than the lost trade.",
        ],
        "ip-guarantee": [
            "Forces based there would be part of it from the first hour.", "The promise is clear; how fast and with what is not.",
            "Much hangs on who was seen to begin.",
        ],
        "cn-intention": [
            "Institutions are being filled with its own people first.", "Loans and ports came before ships.", "The aim is more weight, not another order.",
        ],
        "linked": [
            "Stocks of munitions are shared between the theatres.", "Allies draw lessons from each other's resolve.",
            "Each challenger follows its own calendar.", "The guarantor has one budget.", "Distance still matters: forces can't be in two places.",
        ],
    },
    2: {
        "ts-shipping-2031": [
            "The point about insurers persuades me.", "I stay low: half of all traffic is a great deal.", "Higher, after reading about inspections.",
        ],
        "ts-war-severity": ["Energy weighs more than I had allowed for.", "I keep it: our trade goes another way."],
        "linked": ["One budget, so yes.", "I still see two separate calendars."],
    },
}
OF_DETERRENCE_LABOUR = {
    1: {
        "competition": [
            "The same few bombers, tankers and interceptors are wanted in both.", "Attention is not a fixed amount; crises have drawn more of it.",
            "Production, not attention, is what runs short.",
        ],
        "europe-provides-most": [
            "The means exist; what is missing is command and logistics.", "Enablers take longer than ten years to replace.",
            "It would make the promise more credible, not less.",
        ],
        "tokyo-office": [
            "A small office, a large signal, and not to everybody's taste.", "Exchange works well without a building.",
            "It would help staff to know each other before a crisis.",
        ],
        "planning-group-model": [
            "The group works because weapons are based with its members.", "Consultation could be copied, sharing could not.",
            "Each ally there has its own treaty and its own law.",
        ],
        "budget": ["Logistics first: everything else waits for it.", "Air defence was short in every recent war."],
    },
    2: {
        "europe-provides-most": ["The argument about enablers makes me more careful.", "I keep my answer: the money is there."],
        "tokyo-office": ["I move a step: staff contacts are worth it."],
    },
    3: {"planning-group-model": ["After two rounds I see more in common than I thought."]},
}
