"""Makes a site of Hugo of a catalogue, with everything joined that its layouts show.

`prepare.py CATALOGUE FOLDER` writes two: `FOLDER/files` with a file of Markdown for each page, and
`FOLDER/adapter`, where all pages are made of one file of data. What they show is the same.
"""

import json
import shutil
import sys
from multiprocessing import Pool
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ISSUED = {"replaces": ("Thay thế", "Được thay thế bởi"), "amends": ("Sửa đổi", "Được sửa đổi bởi")}


def read(path):
    record = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
    return path.stem, record


def folder(catalogue, name):
    paths = sorted((catalogue / name).rglob("*.yaml"))
    with Pool() as pool:
        return dict(pool.map(read, paths, chunksize=64))


def row(title, url, code=None):
    return {"title": title, "url": url} | ({"code": code} if code else {})


def day(value):
    return str(value) if value else ""


def pages(catalogue):
    """Every page: its path, its title, its parts, its Markdown."""
    fields = {one["id"]: one for one in read(catalogue / "fields.yaml")[1]}
    agencies = folder(catalogue, "agencies")
    documents = folder(catalogue, "documents")
    procedures = folder(catalogue, "procedures")
    events = folder(catalogue, "life-events")

    files = {one["number"]: name for name, one in documents.items()}
    to_document = {number: f"/documents/{name}.html" for number, name in files.items()}
    codes = {one["code"]: name for name, one in procedures.items()}
    offices = {
        office["id"]: office | {"agency": one["name"], "url": f"/lists/{name}.html"}
        for name, one in agencies.items()
        for office in one.get("offices", [])
    }
    rows = {
        code: row(procedures[name]["plain_title"], f"/procedures/{name}.html", code)
        for code, name in codes.items()
    }
    of_field, of_agency, of_document, acts = {}, {}, {}, {}
    for one in procedures.values():
        of_field.setdefault(one["field"], []).append(rows[one["code"]])
        for agency in one["authority"]["performs"]:
            of_agency.setdefault(agency, []).append(rows[one["code"]])
        for cited in one["legal_basis"]:
            of_document.setdefault(cited["document"], []).append(rows[one["code"]])
    for one in documents.values():
        for effect in one.get("effects", []):
            number, target = one["number"], effect["document"]
            does, suffers = ISSUED[effect["verb"]]
            for own, words, other in [(number, does, target), (target, suffers, number)]:
                title = documents[files[other]]["title"]
                link = {"words": words, "number": other, "title": title, "url": to_document[other]}
                acts.setdefault(own, []).append(link)

    for name, one in procedures.items():
        basis = [
            {
                "number": cited["document"],
                "title": documents[files[cited["document"]]]["title"],
                "effective": day(documents[files[cited["document"]]]["effective"]),
                "url": to_document[cited["document"]],
            }
            for cited in one["legal_basis"]
        ]
        field = row(fields[one["field"]]["name"], f"/lists/{one['field']}.html")
        params = {
            "code": one["code"],
            "name": one["title"],
            "plain_title": one["plain_title"],
            "field": field,
            "audience": one["audience"],
            "channels": one["channels"],
            "dossier": one["cases"][0]["dossier"],
            "steps": one["steps"],
            "office": offices[one["reception"][0]["office"]],
            "basis": basis,
            "results": one["results"],
            "related": [rows[code] for code in one.get("related", {}).get("see", [])],
        }
        yield f"procedures/{name}", one["plain_title"], params, one["requirements"]
    for name, one in documents.items():
        params = {
            "number": one["number"],
            "name": one["title"],
            "issuer": agencies[one["issuer"]]["name"],
            "signed": day(one["signed"]),
            "effective": day(one["effective"]),
            "acts": acts.get(one["number"], []),
            "procedures": of_document.get(one["number"], []),
        }
        yield f"documents/{name}", one["number"], params, ""
    for name, one in fields.items():
        yield f"lists/{name}", one["name"], {"procedures": of_field.get(name, [])}, ""
    for name, one in agencies.items():
        yield f"lists/{name}", one["name"], {"procedures": of_agency.get(name, [])}, ""
    for name, one in events.items():
        own = [rows[code] for code in one["procedures"]]
        yield f"lists/{name}", one["name"], {"procedures": own}, ""


def begin(target, home):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(HERE / "layouts", target / "layouts")
    shutil.copy(HERE / "hugo.toml", target)
    for name, text in [("_index", home), *[(f"{it}/_index", "{}") for it in SECTIONS]]:
        place = target / "content" / f"{name}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text + "\n")


SECTIONS = ["procedures", "documents", "lists"]


def main(catalogue, target):
    made = list(pages(catalogue))
    lists = [row(title, f"/{path}.html") for path, title, _, _ in made if path.startswith("lists/")]
    home = json.dumps({"title": "Thủ tục hành chính", "params": {"lists": lists}}, ensure_ascii=False)

    files = target / "files"
    begin(files, home)
    for path, title, params, body in made:
        head = {"title": title, "params": params}
        text = json.dumps(head, ensure_ascii=False, indent=1) + "\n\n" + body
        (files / "content" / f"{path}.md").write_text(text)

    adapter = target / "adapter"
    begin(adapter, home)
    shutil.copy(HERE / "_content.gotmpl", adapter / "content")
    (adapter / "data").mkdir()
    all_pages = [
        {"path": path, "title": title, "params": params, "body": body}
        for path, title, params, body in made
    ]
    (adapter / "data" / "pages.json").write_text(json.dumps(all_pages, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
