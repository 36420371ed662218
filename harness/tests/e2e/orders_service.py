#!/usr/bin/env python3
"""A backend that serves orders as the contract has it, and leaves everything else to the reference service beside it.

    orders_service.py store|forget|skip

It decides by what it keeps in memory. With "store" it also stores the orders that it confirms, through libpq; with
"forget" it stores nothing; with "skip" it stores the orders and leaves the stock as it was. Its responses are right
each time: only the database tells the three apart, which is what the end-to-end test of the audit is about.
"""

import ctypes
import json
import os
import re
import sys
import threading

import beside_reference

STORES_ORDERS = sys.argv[1] in ("store", "skip")
TAKES_STOCK = sys.argv[1] == "store"
PLENTY_UP_TO, ITEMS, ID_MOST = 9900, 10000, 2**53 - 1
MASK = 0xFFFFFFFF


def mix(h):
    h = (h ^ h >> 16) * 0x85EBCA6B & MASK
    h = (h ^ h >> 13) * 0xC2B2AE35 & MASK
    return h ^ h >> 16


def price(item):
    return 100 + mix(item + 1000000) % 99901


class Database:
    """One connection, for the thread that holds the book's lock."""

    def __init__(self, url):
        self.libpq = ctypes.CDLL("libpq.so.5")
        for name in ("PQconnectdb", "PQexec"):
            getattr(self.libpq, name).restype = ctypes.c_void_p
        for name in ("PQgetvalue", "PQresultErrorMessage"):
            getattr(self.libpq, name).restype = ctypes.c_char_p
        self.connection = ctypes.c_void_p(self.libpq.PQconnectdb(url.encode()))

    def ask(self, statement):
        """The first value of the first row, None where there is none."""
        result = ctypes.c_void_p(self.libpq.PQexec(self.connection, statement.encode()))
        failed = self.libpq.PQresultErrorMessage(result)
        value = self.libpq.PQgetvalue(result, 0, 0) if self.libpq.PQntuples(result) > 0 else None
        self.libpq.PQclear(result)
        if failed:
            raise OSError(failed.decode())
        return value

    def store(self, order, takes_stock):
        """The order's id."""
        name = order["customer"].replace("'", "''")
        self.ask("begin")
        placed = "insert into orders (customer, total_cents) values ('{}', {}) returning id"
        order_id = int(self.ask(placed.format(name, order["total_cents"])))
        for number, line in enumerate(order["lines"], 1):
            item, quantity = line["item_id"], line["quantity"]
            cents = line["price_cents"]
            self.ask(f"insert into order_lines values ({order_id}, {number}, {item}, {quantity}, {cents})")
        for line in sorted(order["lines"], key=lambda line: line["item_id"]) if takes_stock else []:
            self.ask(f"update items set stock = stock - {line['quantity']} where id = {line['item_id']}")
        self.ask("commit")
        return order_id


class Book:
    def __init__(self, url):
        self.lock = threading.Lock()
        self.orders = {}
        self.stock = {item: mix(item + 2000000) % 1000 for item in range(PLENTY_UP_TO + 1, ITEMS + 1)}
        self.database = Database(url) if STORES_ORDERS else None

    def place(self, customer, wanted):
        """The order, or the status that refuses it."""
        if any(line["item_id"] > ITEMS for line in wanted):
            return 422
        with self.lock:
            if any(self.stock.get(line["item_id"], line["quantity"]) < line["quantity"] for line in wanted):
                return 409
            lines = [{**line, "price_cents": price(line["item_id"])} for line in wanted]
            total = sum(line["quantity"] * line["price_cents"] for line in lines)
            order = {"customer": customer, "total_cents": total, "lines": lines}
            stored = self.database.store(order, TAKES_STOCK) if STORES_ORDERS else len(self.orders) + 1
            for line in wanted:
                if line["item_id"] in self.stock:
                    self.stock[line["item_id"]] -= line["quantity"]
            self.orders[stored] = {"id": stored, **order}
            return self.orders[stored]


BOOK = Book(os.environ["DATABASE_URL"]) if "DATABASE_URL" in os.environ else None


def whole(value, most):
    return type(value) is int and 1 <= value <= most


def is_line(line):
    return (
        isinstance(line, dict)
        and set(line) == {"item_id", "quantity"}
        and whole(line["item_id"], ID_MOST)
        and whole(line["quantity"], 100)
    )


def is_order(draft):
    if not isinstance(draft, dict) or set(draft) != {"customer", "lines"}:
        return False
    customer, lines = draft["customer"], draft["lines"]
    return (
        isinstance(customer, str)
        and 1 <= len(customer) <= 100
        and "\0" not in customer
        and isinstance(lines, list)
        and 1 <= len(lines) <= 20
        and all(is_line(line) for line in lines)
        and len({line["item_id"] for line in lines}) == len(lines)
    )


class Handler(beside_reference.Handler):
    def place(self):
        body = self.body()
        if self.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            self.refuse(415, "application/json is wanted")
            return
        try:
            draft = json.loads(body.decode())
        except ValueError:
            self.refuse(400, "that is not JSON")
            return
        if not is_order(draft):
            self.refuse(422, "that is no order")
            return
        if BOOK is None:
            self.refuse(503, "there is no database")
            return
        order = BOOK.place(draft["customer"], draft["lines"])
        if isinstance(order, int):
            self.refuse(order, "an item is not known" if order == 422 else "an item is short")
        else:
            self.respond(201, order, Location=f"/orders/{order['id']}")

    def read(self, order_id):
        if not re.fullmatch("[1-9][0-9]{0,15}", order_id) or int(order_id) > ID_MOST:
            self.refuse(422, "an id is from 1 to 2^53 - 1")
        elif BOOK is None:
            self.refuse(503, "there is no database")
        elif int(order_id) not in BOOK.orders:
            self.refuse(404, "there is no such order")
        else:
            self.respond(200, BOOK.orders[int(order_id)])

    def serve(self):
        path = self.path.partition("?")[0]
        parts = path.split("/")
        if self.command == "POST" and path == "/orders":
            self.place()
        elif self.command == "GET" and parts[1] == "orders" and len(parts) == 3:
            self.read(parts[2])
        else:
            self.pass_on()


beside_reference.run(Handler)
