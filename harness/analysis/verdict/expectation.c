#include "analysis/verdict/expectation.h"

#include <string.h>

const char *expectation_name(enum expectation expectation)
{
    static const char *const names[] = {
        [EXPECT_ANY] = "all",
        [EXPECT_SUCCESS] = "expected_success",
        [EXPECT_ERROR] = "expected_error",
    };
    return names[expectation];
}

enum expectation expectation_of(const struct traffic *traffic, const struct load_record *load, size_t index)
{
    if (traffic == NULL || index >= traffic->request_count || load->requests[index].name == NULL ||
        strcmp(load->requests[index].name, traffic->requests[index].name) != 0) {
        return EXPECT_SUCCESS;
    }
    return request_expects_error(&traffic->requests[index]) ? EXPECT_ERROR : EXPECT_SUCCESS;
}

bool expectation_of_errors(const struct traffic *traffic, const struct load_record *load)
{
    for (size_t i = 0; i < load->request_count; i++) {
        if (expectation_of(traffic, load, i) == EXPECT_ERROR) {
            return true;
        }
    }
    return false;
}
