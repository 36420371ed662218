#include "report/front/headroom_phrase.h"
#include "report/words/resource_phrase.h"

#include "test.h"

#include <math.h>
#include <string.h>

static struct resource_finding measured(enum resource resource, double low, double at, double high)
{
    return (struct resource_finding){.resource = resource,
                                     .end = RESOURCE_END_MEASURED,
                                     .known = true,
                                     .measured = true,
                                     .exhausted_at = at,
                                     .low = low,
                                     .high = high};
}

static struct resource_finding projected(enum resource resource, double low, double at, double high)
{
    struct resource_finding found = measured(resource, low, at, high);
    found.end = RESOURCE_END_PROJECTED;
    found.measured = false;
    return found;
}

static struct resource_finding ended(enum resource resource, enum resource_end end)
{
    return (struct resource_finding){.resource = resource,
                                     .end = end,
                                     .known = end != RESOURCE_END_UNKNOWN,
                                     .exhausted_at = NAN,
                                     .low = NAN,
                                     .high = NAN,
                                     .used_at = 17448};
}

static void check(struct text *out, const char *wanted)
{
    assert_string_equal(out->length > 0 ? out->data : "", wanted);
    text_release(out);
}

static void check_words(struct resource_finding *resources, size_t count, size_t most, const char *wanted)
{
    const struct findings findings = {.scenario = {.doubling = DOUBLING_RATE}};
    const struct backend_finding backend = {.resources = resources, .resource_count = count};
    struct text out = {0};

    assert_int_equal(resource_phrase_write(&out, &findings, &backend, most), wanted[0] != '\0');
    check(&out, wanted);
}

TEST(what_is_used_up_is_said_in_order_with_how_it_is_known)
{
    struct resource_finding resources[] = {measured(RESOURCE_CPU, 14012, 14672.3, 15344),
                                           projected(RESOURCE_MEMORY, 48210, 61499, 79900),
                                           projected(RESOURCE_FILE_DESCRIPTORS, 52000, 99800, INFINITY),
                                           ended(RESOURCE_NETWORK, RESOURCE_END_UNKNOWN)};

    check_words(resources, 4, 2,
                "its cores are used up at 14,700/s (measured); memory at about 61,000/s (projected, 48,000 to 80,000)");
    check_words(resources, 4, 9,
                "its cores are used up at 14,700/s (measured); memory at about 61,000/s (projected, 48,000 to 80,000); "
                "file descriptors at about 100,000/s (projected, 52,000 or more)");
    check_words(resources + 3, 1, 9, "");
    check_words(resources, 0, 9, "");
}

TEST(each_resource_can_be_the_first)
{
    for (int i = 0; i < RESOURCE_COUNT; i++) {
        struct resource_finding found = measured((enum resource)i, 1, 2, 4);
        const struct findings findings = {.scenario = {.doubling = DOUBLING_RATE}};
        const struct backend_finding backend = {.resources = &found, .resource_count = 1};
        struct text out = {0};
        assert_true(strlen(resource_phrase_name((enum resource)i)) > 0);
        assert_true(resource_phrase_write(&out, &findings, &backend, 1));
        assert_non_null(strstr(out.data, " used up at 2/s (measured)"));
        text_release(&out);
    }
}

TEST(a_load_is_said_to_the_digits_that_are_known)
{
    const struct scenario rate = {.doubling = DOUBLING_RATE}, connections = {.doubling = DOUBLING_CONNECTIONS};
    const struct resource_finding few = measured(RESOURCE_CPU, 128, 161.2, 181);
    const struct resource_finding many = projected(RESOURCE_MEMORY, 29530, 40510, 68870);
    struct text out = {0};

    resource_phrase_load(&out, &rate, &few);
    check(&out, "161/s");
    resource_phrase_interval(&out, &few);
    check(&out, "128 to 181");
    resource_phrase_load(&out, &connections, &many);
    check(&out, "about 41,000 connections");
    resource_phrase_load(&out, NULL, &many);
    check(&out, "about 41,000");
    const struct resource_finding strange = projected(RESOURCE_CPU, 1, 1e20, 1e20);
    resource_phrase_load(&out, &rate, &strange);
    check(&out, "about 9,223,372,036,854,775,807/s");
    const struct resource_finding lowest = measured(RESOURCE_CPU, 0, 500, 500);
    resource_phrase_interval(&out, &lowest);
    check(&out, "500 or less");
    const struct resource_finding one = measured(RESOURCE_CPU, 3, 3, 3);
    resource_phrase_interval(&out, &one);
    check(&out, "-");
}

TEST(what_is_not_used_up_says_why_it_has_no_load)
{
    struct resource_finding resources[] = {
        measured(RESOURCE_CPU, 14012, 14672, 15344),        ended(RESOURCE_MEMORY, RESOURCE_END_FAR),
        ended(RESOURCE_FILE_DESCRIPTORS, RESOURCE_END_FAR), ended(RESOURCE_CONNECTIONS, RESOURCE_END_FLAT),
        ended(RESOURCE_ACCEPT_QUEUE, RESOURCE_END_OPEN),    ended(RESOURCE_NETWORK, RESOURCE_END_UNKNOWN),
    };
    const struct findings findings = {.scenario = {.doubling = DOUBLING_RATE}};
    struct backend_finding backend = {.resources = resources, .resource_count = 6};
    struct text out = {0};

    assert_true(resource_phrase_rest(&out, &findings, &backend));
    check(&out,
          "not within 16 times 17,448/s: memory, file descriptors; did not grow with the load: client connections; "
          "not used up in any step: accept queue; not known: network");
    backend.resource_count = 1;
    assert_false(resource_phrase_rest(&out, &findings, &backend));
    check(&out, "");
}

/* ---- when traffic doubles --------------------------------------------------------------------------------------- */

static struct resource_finding doubled(enum resource resource, double share)
{
    struct resource_finding found = ended(resource, RESOURCE_END_FAR);
    found.doubled = share;
    return found;
}

static void check_headroom(struct resource_finding *resources, size_t count, const char *wanted)
{
    const struct backend_finding backend = {.resources = resources, .resource_count = count};
    struct text out = {0};

    assert_int_equal(headroom_phrase(&out, &backend), wanted[0] != '\0');
    check(&out, wanted);
}

TEST(headroom_is_all_that_is_short_and_the_scarcest_of_what_is_left)
{
    struct resource_finding resources[] = {
        doubled(RESOURCE_FILE_DESCRIPTORS, 0.02), doubled(RESOURCE_MEMORY, 0.12), doubled(RESOURCE_CPU, 1.94),
        doubled(RESOURCE_DEPENDENCY, 1.1),        doubled(RESOURCE_NETWORK, NAN),
    };

    check_headroom(resources, 5, "cores 94 % short, dependency 10 % short, memory 88 % left");
    check_headroom(resources, 2, "memory 88 % left");
    check_headroom(resources + 2, 2, "cores 94 % short, dependency 10 % short");
    check_headroom(resources + 4, 1, "");
    check_headroom(resources, 0, "");
}

/* The connections are those of the clients, and a queue fills because something else was used up. */
TEST(what_only_fills_when_responses_come_late_is_no_headroom)
{
    struct resource_finding resources[] = {doubled(RESOURCE_CONNECTIONS, 3), doubled(RESOURCE_ACCEPT_QUEUE, 2)};

    check_headroom(resources, 2, "");
}
