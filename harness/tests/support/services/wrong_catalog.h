/* wrong_catalog: the items of the wrong service and what each request does to them. */
#ifndef TWOFOLD_TESTS_SUPPORT_WRONG_CATALOG_H
#define TWOFOLD_TESTS_SUPPORT_WRONG_CATALOG_H

#include "wrong_service.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wrong_catalog {
    enum fault fault;
    json_t *items[20000]; /* by id */
    size_t last;
    struct wrong_orders *orders;
    uint64_t slow_calls; /* of UPSTREAM_SLOW_KEY so far */
};

struct wrong_request {
    const char *method;
    const char *path; /* without the query */
    const char *query;
    const char *content_type;  /* "" where there is none */
    const char *authorization; /* "" where there is none */
    const char *body;
    size_t length;
    int connection; /* tells one from another */
};

struct wrong_response {
    int status;
    json_t *body;      /* a reference of the response's; NULL: none */
    char *html;        /* instead of `body`; freed when it is sent; NULL: none */
    size_t location;   /* 0: none */
    const char *place; /* before the location; NULL: "/items/" */
};

void wrong_catalog_init(struct wrong_catalog *catalog, enum fault fault);
void wrong_catalog_release(struct wrong_catalog *catalog);
void wrong_catalog_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                          struct wrong_response *response);

/* For the other operations. */
void wrong_catalog_list(struct wrong_catalog *catalog, const struct wrong_request *request,
                        struct wrong_response *response);
json_t *wrong_catalog_seed(unsigned id);
void wrong_catalog_problem(struct wrong_catalog *catalog, struct wrong_response *response, int status);
bool wrong_catalog_is_json(const struct wrong_catalog *catalog, const char *type);

#endif
