#include "sessions_case.h"

#include <math.h>

static const char scenario[] =
    "{\"schema\": 1, \"name\": \"shop\", \"why\": \"users who log in, look and buy\",\n"
    " \"sessions\": [{\"name\": \"shopper\", \"weight\": 3, \"steps\": [\n"
    "   {\"request\": \"login\", \"capture\": {\"token\": \"/access_token\"}},\n"
    "   {\"request\": \"list\", \"think\": {\"exponential\": \"2s\"}},\n"
    "   {\"request\": \"buy\", \"think\": {\"uniform\": [\"1s\", \"3s\"]}, \"chance\": \"30%\"}]},\n"
    "  {\"name\": \"passer-by\", \"steps\": [{\"request\": \"front\"}]}],\n"
    " \"requests\": [{\"name\": \"login\", \"method\": \"POST\", \"path\": \"/login\"},\n"
    "  {\"name\": \"list\", \"path\": \"/items?token={token}\"},\n"
    "  {\"name\": \"buy\", \"method\": \"POST\", \"path\": \"/orders?token={token}\"},\n"
    "  {\"name\": \"front\", \"path\": \"/\"}],\n"
    " \"double\": {\"what\": \"sessions\", \"from\": 100, \"steps\": 6},\n"
    " \"limits\": {\"p99\": \"50ms\", \"errors\": \"0.1%\"}}";

static void sessions(struct findings_builder *builder, const struct session_tally *tally)
{
    struct step_record *record = (struct step_record *)builder->step->record;
    record->load.sessions = *tally;
}

/* One that breaks by latency, one whose tokens are missing, one that nothing broke. */
void sessions_case(struct findings_builder *builder)
{
    struct step_spec held = {800, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.5, 6, 1.1, 0.5, 60};
    struct step_spec slow = {1600, VERDICT_BREAK, 0.998, FAILURE_TIMEOUT, 91, 310, 1.97, 0.99, 96};
    struct step_spec wrong = {100, VERDICT_BREAK, 0.8, FAILURE_BODY, 1.5, 6, 0.2, 0.1, 60};
    struct step_spec top = {3200, VERDICT_PASS, 1, FAILURE_TIMEOUT, 2, 9, 1.2, 0.6, 40};

    builder_init(builder, scenario);
    builder_backend(builder, "quick", "C", "libuv");
    builder_step(builder, 0, &top);
    sessions(builder, &(struct session_tally){16010, 15980, 0, 9800, 0, 9921});
    builder_backend(builder, "shop", "Go", "net/http");
    builder_step(builder, 0, &held);
    sessions(builder, &(struct session_tally){4012, 3990, 0, 2450, 0, 2480});
    builder_step(builder, 0, &slow);
    sessions(builder, &(struct session_tally){7990, 6800, 37, 5100, 0, 5240});
    builder_breach(builder, LIMIT_LATENCY, 1250, 310e6);
    builder_cause(builder, CAUSE_CPU);
    builder_backend(builder, "forgetful", "Python", "FastAPI");
    builder_step(builder, 0, &wrong);
    sessions(builder, &(struct session_tally){502, 300, 98, 240, 0, 260});
    builder_breach(builder, LIMIT_ERRORS, 250, 0.2);
    builder_first_wrong(builder, &(struct wrong_response){.request = "login",
                                                          .status = 200,
                                                          .expected_bytes = NAN,
                                                          .capture = "{token} from /access_token",
                                                          .unreadable = "there is no such member",
                                                          .body = "{\"welcome\":7}",
                                                          .body_bytes = 13});
    builder_cause(builder, CAUSE_UNKNOWN);
    builder_finish(builder);
}
