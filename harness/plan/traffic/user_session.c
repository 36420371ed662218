#include "plan/traffic/user_session.h"

#include <math.h>
#include <stdlib.h>

void user_session_release(struct user_session *session)
{
    for (size_t i = 0; i < session->step_count; i++) {
        struct session_step *step = &session->steps[i];
        for (size_t j = 0; j < step->capture_count; j++) {
            capture_release(&step->captures[j]);
        }
        free(step->captures);
    }
    free(session->steps);
    free(session->values);
    free(session->name);
    *session = (struct user_session){0};
}

/* The sum of the chances of the steps that send `request`; SIZE_MAX: of all steps. */
static double chances(const struct user_session *session, size_t request)
{
    double sum = 0;

    for (size_t i = 0; i < session->step_count; i++) {
        if (request == SIZE_MAX || session->steps[i].request == request) {
            sum += session->steps[i].chance;
        }
    }
    return sum;
}

double user_session_requests_of(const struct user_session *sessions, size_t count, size_t request)
{
    double weights = 0, sum = 0;

    for (size_t i = 0; i < count; i++) {
        weights += sessions[i].weight;
        sum += sessions[i].weight * chances(&sessions[i], request);
    }
    return weights > 0 ? sum / weights : 0;
}

double user_session_requests(const struct user_session *sessions, size_t count)
{
    return user_session_requests_of(sessions, count, SIZE_MAX);
}

/* Of a user who takes every step. */
static double longest_ns(const struct user_session *session)
{
    double mean = 0, variance = 0;

    for (size_t i = 0; i < session->step_count; i++) {
        mean += think_mean_ns(&session->steps[i].think);
        variance += think_variance_ns2(&session->steps[i].think);
    }
    return mean + 2 * sqrt(variance);
}

uint64_t user_session_think_ns(const struct user_session *sessions, size_t count)
{
    double longest = 0;

    for (size_t i = 0; i < count; i++) {
        longest = fmax(longest, longest_ns(&sessions[i]));
    }
    return (uint64_t)longest;
}
