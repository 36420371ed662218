#include "bench/service/admission.h"

#include "bench/service/instance.h"

#include <stdlib.h>

int admission_check(const struct admission_options *options, struct verify_result *ret_result, struct error *err)
{
    struct instance instance;
    struct verify_options verify;

    if (dependencies_reset(options->dependencies, 0, err) != 0 ||
        instance_start(&instance,
                       &(struct instance_options){.manifest = options->manifest,
                                                  .cores = options->cores,
                                                  .variables = options->dependencies->variables,
                                                  .stop = options->stop},
                       err) != 0) {
        return -1;
    }
    bool have_upstream = dependencies_have_upstream(options->dependencies);
    char *url = instance_url(&instance);
    verify_options_init(&verify, url);
    verify.seed = options->seed;
    verify.idle_ns = options->idle_ns;
    verify.operations = options->manifest->operations;
    verify.upstream = have_upstream ? &options->dependencies->upstream.rule : NULL;
    verify.database = dependencies_have_database(options->dependencies);
    verify.stop = options->stop;
    int result = verify_run(&verify, ret_result, err);
    free(url);
    instance_stop(&instance);
    return result;
}
