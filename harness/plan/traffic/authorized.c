#include "plan/traffic/authorized.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/secret.h"

#include <stdlib.h>
#include <string.h>

/* A list of its own, which can grow. */
static struct header *copied(const struct header *headers, size_t count)
{
    struct header *copy = NULL;
    size_t length = 0;

    for (size_t i = 0; i < count; i++) {
        *list_add(copy, length) = headers[i];
    }
    return copy;
}

void authorized_init(struct authorized *authorized, const struct traffic *traffic, const char *authorization)
{
    size_t count = traffic->request_count;

    authorized->traffic = *traffic;
    authorized->traffic.requests = mem_new(count, sizeof *traffic->requests);
    authorized->header_counts = mem_new(count, sizeof *authorized->header_counts);
    for (size_t i = 0; i < count; i++) {
        struct request *request = &authorized->traffic.requests[i];
        *request = traffic->requests[i];
        request->headers = copied(request->headers, request->header_count);
        authorized->header_counts[i] = request->header_count;
    }
    if (authorization != NULL) {
        const char *space = strchr(authorization, ' '); /* behind the scheme */
        secret_keep(space != NULL ? space + 1 : authorization);
        traffic_add_header(&authorized->traffic, "Authorization", authorization);
    }
}

void authorized_release(struct authorized *authorized)
{
    for (size_t i = 0; i < authorized->traffic.request_count; i++) {
        struct request *request = &authorized->traffic.requests[i];
        for (size_t k = authorized->header_counts[i]; k < request->header_count; k++) {
            header_release(&request->headers[k]);
        }
        free(request->headers);
    }
    free(authorized->traffic.requests);
    free(authorized->header_counts);
    *authorized = (struct authorized){0};
}
