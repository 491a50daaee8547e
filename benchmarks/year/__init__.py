"""模拟一年: a county over a year in which people leave, come, fall ill, divide their households and ask for somebody else.

Everything goes through the actions that pages call. `benchmarks.year.course` draws what happens when, `benchmarks.year.doing`
does it, `benchmarks.year.remedies` helps where somebody is short, and `benchmarks.year.watching` compares who stood beside
whom before and after each event. What the year shows is then asked of `yixian.duty.coverage`, which shares nothing with them.
"""
