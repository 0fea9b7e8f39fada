using System.Net;
using k8s.Autorest;
using PatchOperator.Ports;

namespace PatchOperator.Tests.Ports;

public class ApiErrorsTests
{
    private const string Budget = "The disruption budget web needs 2 healthy pods and has 2 currently";

    [Theory]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.Conflict, false)]
    [InlineData(HttpStatusCode.BadRequest, true)]
    [InlineData(HttpStatusCode.Unauthorized, true)]
    [InlineData(HttpStatusCode.Forbidden, true)]
    [InlineData(HttpStatusCode.Gone, true)]
    [InlineData(HttpStatusCode.UnprocessableEntity, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.InternalServerError, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.GatewayTimeout, true)]
    public void Somebody_having_been_faster_is_no_refusal_and_everything_else_is(HttpStatusCode code, bool refusal) =>
        Assert.Equal(refusal, ApiErrors.IsRefusal(Answer(code, "{}")));

    public static TheoryData<string, HttpStatusCode, string?, string> Answers => new()
    {
        { "a message", HttpStatusCode.Forbidden, """{"code":403,"message":"jobs is forbidden"}""", "jobs is forbidden" },
        {
            "a budget that does not allow it", HttpStatusCode.TooManyRequests,
            $$"""{"code":429,"message":"Cannot evict pod","details":{"causes":[{"reason":"DisruptionBudget","message":"{{Budget}}"}]} }""", Budget
        },
        {
            "two budgets", HttpStatusCode.TooManyRequests,
            """{"code":429,"message":"Cannot evict pod","details":{"causes":[{"message":"one"},{"message":""},{"message":"two"}]} }""", "one; two"
        },
        { "a budget without a word", HttpStatusCode.TooManyRequests, """{"code":429,"message":"Cannot evict pod","details":{"causes":[]} }""", "Cannot evict pod" },
        {
            "a spec that is invalid: its message has the causes in it", HttpStatusCode.UnprocessableEntity,
            """{"code":422,"message":"Job is invalid: spec.x: Required","details":{"causes":[{"message":"Required"}]} }""", "Job is invalid: spec.x: Required"
        },
        { "a proxy on the way", HttpStatusCode.BadGateway, "<html>no upstream</html>", "<html>no upstream</html>" },
        { "a status without a message", HttpStatusCode.InternalServerError, """{"code":500}""", "the call failed" },
        { "nothing", HttpStatusCode.InternalServerError, "", "the call failed" },
        { "nothing at all", HttpStatusCode.InternalServerError, null, "the call failed" },
    };

    [Theory, MemberData(nameof(Answers))]
    public void An_answer_is_told_in_its_own_words(string what, HttpStatusCode code, string? content, string words)
    {
        var told = ApiErrors.Words(Answer(code, content));

        Assert.True(words == told, $"{what}: {told}");
    }

    private static HttpOperationException Answer(HttpStatusCode code, string? content)
    {
        using var response = new HttpResponseMessage(code);
        return new HttpOperationException("the call failed") { Response = new HttpResponseMessageWrapper(response, content) };
    }
}
