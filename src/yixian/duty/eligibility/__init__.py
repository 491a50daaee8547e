"""谁能包谁: which helper may stand beside which household on which days, by named rules.

Hard rules (a pair that breaks one does not exist; `yixian.duty.choices.Rule` names them):

1. a cadre's body is stationed in the household's group, village or township on that day;
2. a party member lives in the household's village;
3. a household that speaks another language than Mandarin gets a helper who speaks it;
4. a household that asked for a woman (or a man) gets one;
5. nobody stands beside the household they belong to, nor beside their kin within three degrees;
6. nobody stands beside a household in whose account they have an interest or a part in its approval, about whom it has
   a matter open, or whom it asked to be replaced within the year;
7. the helper is in service, not away, not about to leave, and has a place.

Cost: straight-line metres from where the helper sets out (own place, else the home village, else 20 km) to the household.
Nothing else about matters that a household has raised is known here, or can be.
"""

from yixian.duty.choices import Rule
from yixian.duty.eligibility.days import Days
from yixian.duty.eligibility.pairing_tables import PairingTables, pairing_tables
from yixian.duty.eligibility.why_not import why_not

__all__ = ["Days", "PairingTables", "Rule", "pairing_tables", "why_not"]
