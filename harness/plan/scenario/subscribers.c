#include "plan/scenario/subscribers.h"

#include <string.h>

static int refuse(const struct json_at *at, const char *key, const char *why, struct error *err)
{
    struct json_at member;

    json_find(at, key, &member);
    return member.value == NULL ? 0 : json_reject(&member, err, "remove this key: %s", why);
}

static int refuse_in_request(const struct json_at *request, struct error *err)
{
    static const char whole[] =
        "where double.what is \"subscribers\" a response is a stream of events, which has no end";
    struct json_at method;

    json_find(request, "method", &method);
    if (method.value != NULL && strcmp(json_string_value(method.value), "GET") != 0) {
        return json_expected(&method, err, "\"GET\": where double.what is \"subscribers\" a request asks for a stream");
    }
    return refuse(request, "expect", whole, err) != 0 ? -1 : refuse(request, "fault", whole, err);
}

static int read_requests(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at requests, request;

    json_find(top, "requests", &requests);
    for (size_t i = 0; i < scenario->traffic.request_count; i++) {
        request = json_element(&requests, i);
        if (refuse_in_request(&request, err) != 0) {
            return -1;
        }
        scenario->traffic.requests[i].stream = true;
    }
    return 0;
}

int subscribers_read(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at step;

    if (scenario->doubling != DOUBLING_SUBSCRIBERS) {
        return 0;
    }
    json_find(top, "step", &step);
    if (refuse(top, "connections", "double.what says how many streams there are", err) != 0 ||
        refuse(top, "arrivals", "messages are due at whole seconds where double.what is \"subscribers\"", err) != 0 ||
        (step.value != NULL &&
         refuse(&step, "spikes", "it has no meaning where double.what is \"subscribers\"", err) != 0)) {
        return -1;
    }
    return read_requests(scenario, top, err);
}
