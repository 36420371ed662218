#include "contract/verify/burst.h"

#include "base/mem.h"
#include "contract/verify/client.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct shot {
    const struct verify_options *options;
    const struct call *call;
    struct call_response *response;
    pthread_t thread;
    bool begun;
};

static void *fire(void *context)
{
    struct shot *shot = context;
    const struct verify_options *options = shot->options;
    struct client *client = client_new(options->base_url, options->response_timeout_ns, NULL);

    if (client == NULL) {
        snprintf(shot->response->failure, sizeof shot->response->failure, "no further connection can be made");
        return NULL;
    }
    client_stop_by(client, options->stop);
    client_call(client, shot->call, shot->response);
    client_free(client);
    return NULL;
}

void burst_send(const struct verify_options *options, const struct call *call, size_t count,
                struct call_response *ret_responses)
{
    struct shot *shots = mem_new(count, sizeof *shots);

    for (size_t i = 0; i < count; i++) {
        ret_responses[i] = (struct call_response){0};
        shots[i] = (struct shot){.options = options, .call = call, .response = &ret_responses[i]};
        shots[i].begun = pthread_create(&shots[i].thread, NULL, fire, &shots[i]) == 0;
        if (!shots[i].begun) {
            snprintf(ret_responses[i].failure, sizeof ret_responses[i].failure, "no further thread can be started");
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (shots[i].begun) {
            pthread_join(shots[i].thread, NULL);
        }
    }
    free(shots);
}
