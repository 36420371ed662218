#include "analysis/verdict/request_classes.h"

#include "base/mem.h"
#include "stats/percentile.h"

#include <math.h>
#include <string.h>

/* Three standard deviations of the root of a count. */
#define CHANCE 1.5

const char *expectation_name(enum expectation expectation)
{
    return expectation == EXPECT_ANY ? "all" : expectation == EXPECT_SUCCESS ? "served" : "refused";
}

/* A log of a stranger may have other kinds than its scenario. */
static enum expectation want_of(const struct traffic *traffic, const struct load_record *load, size_t index)
{
    if (traffic == NULL || index >= traffic->request_count || load->requests[index].name == NULL ||
        strcmp(load->requests[index].name, traffic->requests[index].name) != 0) {
        return EXPECT_SUCCESS;
    }
    return request_is_to_be_refused(&traffic->requests[index]) ? EXPECT_ERROR : EXPECT_SUCCESS;
}

static struct request_class finding_of(const struct tally *tally, const struct histogram *response,
                                       enum expectation expectation)
{
    return (struct request_class){.expectation = expectation,
                                  .tally = *tally,
                                  .p50_ns = percentile_known(response, 0.5),
                                  .p99_ns = percentile_known(response, 0.99)};
}

struct request_class *request_classes_find(const struct traffic *traffic, const struct load_record *load,
                                           size_t *ret_count)
{
    struct request_class *kinds = load->request_count > 0 ? mem_new(load->request_count, sizeof *kinds) : NULL;

    for (size_t i = 0; i < load->request_count; i++) {
        const struct request_record *request = &load->requests[i];
        kinds[i] = finding_of(&request->tally, &request->response, want_of(traffic, load, i));
        kinds[i].name = request->name;
    }
    *ret_count = load->request_count;
    return kinds;
}

void request_classes_gather(const struct traffic *traffic, const struct load_record *load, enum expectation expectation,
                            struct request_class_group *ret_group)
{
    *ret_group = (struct request_class_group){0};
    histogram_init(&ret_group->response, 2);
    for (size_t i = 0; i < load->request_count; i++) {
        if (expectation == EXPECT_ANY || want_of(traffic, load, i) == expectation) {
            tally_add(&ret_group->tally, &load->requests[i].tally);
            histogram_add(&ret_group->response, &load->requests[i].response);
        }
    }
}

void request_class_group_release(struct request_class_group *group)
{
    histogram_release(&group->response);
}

struct request_class request_classes_total(const struct traffic *traffic, const struct load_record *load,
                                           enum expectation expectation)
{
    struct request_class_group group;

    request_classes_gather(traffic, load, expectation, &group);
    struct request_class finding = finding_of(&group.tally, &group.response, expectation);
    request_class_group_release(&group);
    return finding;
}

bool request_classes_apart(const struct traffic *traffic, const struct load_record *load)
{
    for (size_t i = 0; i < load->request_count; i++) {
        if (want_of(traffic, load, i) == EXPECT_ERROR) {
            return true;
        }
    }
    return false;
}

bool request_classes_beyond_chance(uint64_t failed, uint64_t offered, double share)
{
    return sqrt((double)failed) - sqrt((double)offered * share) > CHANCE;
}

bool request_class_group_is_slow(const struct request_class_group *group, const struct limits *limits)
{
    return limits->latency_ns > 0 && percentile_is_known(&group->response, limits->percentile) &&
           histogram_quantile(&group->response, limits->percentile) > limits->latency_ns;
}

bool request_class_group_fails(const struct request_class_group *group, const struct limits *limits)
{
    return limits->error_share > 0 &&
           request_classes_beyond_chance(tally_failed(&group->tally), group->tally.offered, limits->error_share);
}
