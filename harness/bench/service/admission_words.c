#include "bench/service/admission.h"

#include "base/mem.h"
#include "base/secret.h"

#include <string.h>

bool admission_is_good(const struct admission *admission)
{
    bool contract = !admission->has_contract || verify_result_is_good(&admission->contract);
    return contract && admission->fault == NULL && admission->ended == NULL;
}

static const char *output_of(const struct admission *admission)
{
    return admission->output[0] != '\0' ? admission->output : "(none)";
}

/* The first difference in full is enough to start looking; `twofold verify` shows all of them. */
static char *difference_of(const struct verify_result *result)
{
    const struct verify_difference *first = &result->differences[0];

    return mem_format("%zu of %zu responses differ from the contract (twofold verify shows all). The first: %s\n%s\n"
                      "expected: %s\ncame: %s",
                      result->different, result->checks, first->rule, first->request, first->expected, first->came);
}

char *admission_reason(const struct admission *admission)
{
    const struct verify_result *contract = &admission->contract;
    char *reason = NULL;

    if (admission->ended != NULL) {
        reason = mem_format("the service %s while it was verified; its last output: %s", admission->ended,
                            output_of(admission));
    } else if (admission->has_contract && contract->difference_count > 0) {
        reason = difference_of(contract);
    } else if (admission->has_contract && !verify_result_is_good(contract)) {
        reason = mem_format("it could not be verified: %s", contract->ended);
    } else if (admission->fault != NULL) {
        reason = mem_string(admission->fault);
    }
    return reason != NULL ? secret_without(reason, NULL) : NULL;
}

static void write_own(const struct admission *admission, struct text *out)
{
    if (admission->fault != NULL) {
        text_format(out, "it differs (%s)\n", admission->verified);
        verify_write_lines("not fine", admission->fault, out);
    } else if (strcmp(admission->verified, "ready") == 0) {
        text_add(out, "it starts and is ready. Its responses were not looked at: its backend.json has neither "
                      "\"contract\" nor \"verify\", and no --scenario was given\n");
    } else if (!admission->has_contract) {
        text_format(out, "no difference (%s)\n", admission->verified);
    }
}

void admission_write(const struct admission *admission, struct text *out)
{
    if (admission->has_contract) {
        verify_result_write(&admission->contract, out);
    }
    write_own(admission, out);
    if (admission->ended != NULL) {
        text_format(out, "The service %s while it was verified.\n", admission->ended);
    }
    verify_write_lines("output", output_of(admission), out);
}
