"""What other apps may listen to. `surveys` announces; it does not know who listens."""

from django.dispatch import Signal

round_closed = Signal()  # sends: round_id, closing (the version of the closing). After the transition, inside its transaction.
answers_erased = Signal()  # sends: round_id, panelist_codes. The rows are gone from the answers; copies must follow.
results_shown = Signal()  # sends: round_id. Somebody outside saw the figures of this round.
messages_queued = Signal()  # sends: message_ids. E-mails wait to be sent.
deliveries_queued = Signal()  # sends: delivery_ids. Other programs wait to be told.
