#include "json_change.h"

#include "fuzz.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* --- choosing ----------------------------------------------------------------------------------------------------- */

struct search {
    bool (*wanted)(const json_t *);
    struct random *random;
    uint64_t seen;
    struct json_place found;
};

static void look_into(struct search *search, json_t *value);

/* The k-th takes the place of the one before with the chance 1/k: in the end all were as likely. */
static void look_at(struct search *search, const struct json_place *place)
{
    if ((search->wanted == NULL || search->wanted(place->value)) && random_below(search->random, ++search->seen) == 0) {
        search->found = *place;
    }
    look_into(search, place->value);
}

static void look_into(struct search *search, json_t *value)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        struct json_place place = {.parent = value, .index = i, .value = json_array_get(value, i)};
        look_at(search, &place);
    }
    for (void *member = json_object_iter(value); member != NULL; member = json_object_iter_next(value, member)) {
        struct json_place place = {.parent = value,
                                   .key = json_object_iter_key(member),
                                   .value = json_object_iter_value(member)};
        look_at(search, &place);
    }
}

bool json_change_pick(json_t *top, bool (*wanted)(const json_t *), struct random *random, struct json_place *ret_place)
{
    struct search search = {.wanted = wanted, .random = random};

    look_into(&search, top);
    if (search.seen == 0) {
        return false;
    }
    *ret_place = search.found;
    return true;
}

void json_change_put(const struct json_place *place, json_t *value)
{
    if (json_is_array(place->parent)) {
        json_array_set_new(place->parent, place->index, value);
    } else {
        json_object_set_new(place->parent, place->key, value);
    }
}

/* --- other values ------------------------------------------------------------------------------------------------- */

static json_t *any_integer(struct random *random)
{
    static const json_int_t numbers[] = {0,
                                         1,
                                         2,
                                         10,
                                         200,
                                         503,
                                         1000,
                                         1000000,
                                         1000000000,
                                         -1,
                                         INT32_MAX,
                                         UINT32_MAX,
                                         INT64_C(3600000000000),
                                         (INT64_C(1) << 53) - 1,
                                         INT64_C(1) << 53,
                                         INT64_MAX - 1,
                                         INT64_MAX,
                                         INT64_MIN};
    uint64_t choice = random_below(random, sizeof numbers / sizeof numbers[0] + 4);

    return choice < sizeof numbers / sizeof numbers[0] ? json_integer(numbers[choice])
                                                       : json_integer((json_int_t)random_below(random, 5000));
}

static json_t *near_integer(json_int_t number, struct random *random)
{
    uint64_t unsigned_number = (uint64_t)number;
    const uint64_t near[] = {unsigned_number + 1, unsigned_number - 1,  unsigned_number * 2,
                             unsigned_number / 2, unsigned_number * 10, 0 - unsigned_number};
    return json_integer((json_int_t)near[random_below(random, sizeof near / sizeof near[0])]);
}

static json_t *any_real(struct random *random)
{
    static const double numbers[] = {0.0,  -0.0, 0.001, 0.5,    0.999, 1.0,    -1.0,
                                     1e-9, 1e9,  1e18,  1.9e19, 1e308, -1e308, 5e-324};
    return json_real(numbers[random_below(random, sizeof numbers / sizeof numbers[0])]);
}

static size_t count(const char *const *strings)
{
    size_t found = 0;
    while (strings[found] != NULL) {
        found++;
    }
    return found;
}

static json_t *any_string(const char *const *strings, struct random *random)
{
    static const char *const usual[] = {"",
                                        " ",
                                        "0",
                                        "none",
                                        "unknown",
                                        "\x1b[31m\x07",
                                        "\xe2\x80\xae\xc2\x9b",
                                        "a|b`*_<c>",
                                        "\xf0\x9f\x98\x80\xe6\xbc\xa2",
                                        "a\nb\r\tc",
                                        "\"quoted\",\\",
                                        "=1+1",
                                        "%s%n"};
    enum { USUAL = sizeof usual / sizeof usual[0] };
    char longer[600];
    uint64_t choice = random_below(random, USUAL + 1 + 2 * count(strings));

    if (choice < USUAL) {
        return json_string(usual[choice]);
    }
    if (choice > USUAL) {
        return json_string(strings[(choice - USUAL - 1) / 2]);
    }
    memset(longer, 'x', sizeof longer);
    for (size_t i = 9 + random_below(random, 60); i < sizeof longer; i += 9 + random_below(random, 60)) {
        longer[i] = ' ';
    }
    return json_stringn(longer, 1 + random_below(random, sizeof longer - 1));
}

static json_t *any_kind(const char *const *strings, struct random *random)
{
    switch (random_below(random, 7)) {
    case 0:
        return json_null();
    case 1:
        return json_boolean(random_below(random, 2) == 0);
    case 2:
        return any_real(random);
    case 3:
        return any_string(strings, random);
    case 4:
        return json_array();
    case 5:
        return json_object();
    default:
        return any_integer(random);
    }
}

/* --- changes ------------------------------------------------------------------------------------------------------ */

/* A text that is itself JSON: changed inside, and NULL where it is none. */
static json_t *changed_inside(const json_t *string, const char *const *strings, struct random *random)
{
    json_t *inside = json_loads(json_string_value(string), 0, NULL);

    if (!json_is_object(inside)) {
        json_decref(inside);
        return NULL;
    }
    json_change(inside, strings, random);
    char *text = json_dumps(inside, 0);
    json_t *changed = json_string(text);
    free(text);
    json_decref(inside);
    return changed;
}

static void change_array(json_t *array, struct random *random)
{
    size_t size = json_array_size(array);
    size_t one = random_below(random, size), other = random_below(random, size);

    if (size == 0) {
        json_array_append_new(array, any_integer(random));
    } else if (random_below(random, 3) == 0) {
        json_array_remove(array, one);
    } else {
        json_array_insert_new(array, other, json_deep_copy(json_array_get(array, one)));
    }
}

static void add_member(json_t *object, const char *const *strings, struct random *random)
{
    const char *key = strings[random_below(random, count(strings))];
    json_object_set_new(object, key, any_kind(strings, random));
}

static json_t *same_kind(json_t *value, const char *const *strings, struct random *random)
{
    if (json_is_integer(value)) {
        return random_below(random, 2) == 0 ? any_integer(random) : near_integer(json_integer_value(value), random);
    }
    if (json_is_real(value)) {
        return any_real(random);
    }
    if (json_is_boolean(value)) {
        return json_boolean(!json_is_true(value));
    }
    json_t *changed = json_is_string(value) ? changed_inside(value, strings, random) : NULL;
    return changed != NULL ? changed : any_string(strings, random);
}

/* The value of another place: two that should differ are the same, or two that should fit do not. */
static json_t *from_elsewhere(json_t *top, struct random *random)
{
    struct json_place place;
    return json_change_pick(top, NULL, random, &place) ? json_deep_copy(place.value) : json_null();
}

static void remove_place(const struct json_place *place)
{
    if (json_is_array(place->parent)) {
        json_array_remove(place->parent, place->index);
    } else {
        json_object_del(place->parent, place->key);
    }
}

void json_change(json_t *top, const char *const *strings, struct random *random)
{
    struct json_place place;
    uint64_t way = random_below(random, 16);

    if (!json_change_pick(top, NULL, random, &place)) {
        return;
    }
    if (way == 0) {
        remove_place(&place);
    } else if (way == 1) {
        json_change_put(&place, any_kind(strings, random));
    } else if (way == 2) {
        json_change_put(&place, from_elsewhere(top, random));
    } else if (json_is_array(place.value)) {
        change_array(place.value, random);
    } else if (json_is_object(place.value) && random_below(random, 4) == 0) {
        add_member(place.value, strings, random);
    } else if (json_is_object(place.value)) {
        json_change(place.value, strings, random);
    } else {
        json_change_put(&place, same_kind(place.value, strings, random));
    }
}

size_t json_change_bytes(uint8_t *data, size_t size, size_t most, const char *const *strings, unsigned seed)
{
    struct random random;
    json_t *top = json_loadb((const char *)data, size, 0, NULL);
    size_t length = 0;

    random_init(&random, seed, 0);
    if (json_is_object(top) && random_below(&random, 3) != 0) {
        for (uint64_t i = 1 + random_below(&random, 3); i > 0; i--) {
            json_change(top, strings, &random);
        }
        length = json_dumpb(top, NULL, 0, JSON_COMPACT);
    }
    size = length > 0 && length <= most ? json_dumpb(top, (char *)data, most, JSON_COMPACT)
                                        : LLVMFuzzerMutate(data, size, most);
    json_decref(top);
    return size;
}
