"""Recomputes a draw of the usual design (docs/methods/draw.md) with Python's standard library alone, and compares.
    python3 verify_draw.py khung-mau.csv thiet-ke.json "the public seed" danh-sach.csv [dia-ban-da-rut.csv]
The last file is needed where persons were drawn within places that an earlier draw had chosen."""
import csv, hashlib, hmac, json, sys, unicodedata
from fractions import Fraction
nfc = lambda text: unicodedata.normalize("NFC", text.strip())
frame_file, design_file, seed, list_file, *first_file = sys.argv[1:]
rows = lambda file: csv.reader(open(file, encoding="utf-8-sig", newline=""))
design = json.load(open(design_file, encoding="utf-8"))
if set(design) - {"name", "communes", "communes_of", "villages_per_commune", "persons_per_village", "reserves_per_village"}:
    sys.exit("this script knows the usual design only; sipas sample verify knows all")
names, *people = rows(frame_file)
frame, lines = {}, []                                   # province -> area -> commune -> village -> persons
for row in people:
    cells = dict(zip(names, map(nfc, row)))
    *path, last = filter(None, (cells.get(k) for k in ("province", "area", "commune", "village", "person")))
    place = frame
    for code in path: place = place.setdefault(code, {})
    place[last] = int(cells.get("size", 1))             # of a person 1; a list of places ends with them
    lines.append(f"{'/'.join([*path, last])}\t{place[last]}\n".encode())
frame_digest = hashlib.sha256(b"".join(sorted(lines))).digest()
text = json.dumps(design, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
design_digest = hashlib.sha256(text.encode()).digest()
key = hmac.digest(unicodedata.normalize("NFC", seed).encode(), b"sipas-draw-v1" + frame_digest + design_digest, "sha256")
bits = lambda *parts: hmac.digest(key, "\x1f".join(map(str, parts)).encode(), "sha256")
shuffled = lambda path, ids: sorted(ids, key=lambda i: (bits("order", path, i, 0), i.encode()))
size = lambda place: place if isinstance(place, int) else sum(map(size, place.values()))
def below(path, n, counter=0):                          # a whole number below n, by rejection
    word = int.from_bytes(bits("pps", path, "", counter), "big")
    return word % n if word < (1 << 256) // n * n else below(path, n, counter + 1)
def by_size(path, sizes, n):                            # systematic over a random order; what reaches n·M/ΣM = 1 is certain
    chosen, rest = [], dict(sizes)
    while len(chosen) < n and (big := [i for i in rest if (n - len(chosen)) * rest[i] >= sum(rest.values())]):
        chosen += big
        for i in big: del rest[i]
    left, total = n - len(chosen), sum(rest.values())
    pi = dict.fromkeys(chosen, Fraction(1)) | {i: Fraction(left * rest[i], total) for i in rest}
    chosen.sort(key=str.encode)
    hit, reached = below(path, total) if left and rest else 0, 0
    for i in shuffled(path, rest) if left else []:
        reached += rest[i] * left
        if hit < reached: chosen.append(i); hit += total
    return [(i, pi[i]) for i in chosen]
def hamilton(sizes, n):                                 # largest remainders
    shares = [n * s // sum(sizes) for s in sizes]
    for k in sorted(range(len(sizes)), key=lambda k: -(n * sizes[k] % sum(sizes)))[: n - sum(shares)]: shares[k] += 1
    return shares
def allocate(strata, n):                                # communes per stratum: proportional, at least two, at most all
    shares, waiting = [0] * len(strata), list(range(len(strata)))
    while waiting:
        parts = hamilton([strata[k][0] for k in waiting], n)
        limits = [min(max(part, 2), strata[k][1]) for k, part in zip(waiting, parts)]
        over = sum(limits) - n
        done = {k: limit for k, part, limit in zip(waiting, parts, limits) if over * (limit - part) > 0 or over == 0}
        for k, limit in done.items(): shares[k] = limit; n -= limit
        waiting = [k for k in waiting if k not in done]
    return shares
drawn, takes = [], (design["villages_per_commune"], design["persons_per_village"])
def stage(level, path, place, n, above):
    sizes = {code: size(inside) for code, inside in place.items()}
    n, method = (min(n, len(sizes)), "simple_random") if level == 2 else (n, "pps_systematic")
    order = shuffled(path, sizes)[: n + design["reserves_per_village"]] if level == 2 else None
    chosen = [(i, Fraction(n, len(sizes))) for i in order] if order else by_size(path, sizes, n)
    for at, (code, pi) in enumerate(chosen, 1):
        role = "reserve" if level == 2 and at > n else "main"
        numbers = [min(n, len(sizes)), len(sizes), sizes[code], sum(sizes.values())]
        shown = [f"{p.numerator}/{p.denominator}" for p in (pi, pi * above)]
        drawn.append([("commune", "village", "person")[level], path, str(at), code, role, method, *map(str, numbers), *shown])
        if isinstance(place[code], dict): stage(level + 1, f"{path}/{code}", place[code], takes[level], pi * above)
first = [row for file in first_file for row in list(rows(file))[1:]]
drawn += first
for at, path, _, code, *_, overall in [row for row in first if row[0] == max(r[0] for r in first)]:
    inside, level = frame, ("commune", "village").index(at)
    for part in [*path.split("/"), code]: inside = inside[part]
    stage(level + 1, f"{path}/{code}", inside, takes[level], Fraction(overall))
for province, areas in [] if first else frame.items():
    areas = sorted(areas.items())
    shares = allocate([(size(communes), len(communes)) for _, communes in areas], design.get("communes_of", {}).get(province, design["communes"]))
    for (area, communes), share in zip(areas, shares): stage(0, f"{province}/{area}", communes, share, Fraction(1))
place = lambda row: (row[0], row[1].encode(), int(row[2]), row[3].encode())
listed = sorted(list(rows(list_file))[1:], key=place)
drawn.sort(key=place)
for ours, theirs in zip(drawn, listed):
    if ours != theirs: sys.exit(f"different: the list says {theirs}, drawn was {ours}")
if len(drawn) != len(listed): sys.exit(f"different: the list has {len(listed)} units, drawn were {len(drawn)}")
print(f"the same draw: {len(drawn)} units; frame {frame_digest.hex()}, design {design_digest.hex()}")
