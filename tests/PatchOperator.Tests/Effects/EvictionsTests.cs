using System.Net;
using PatchOperator.Effects;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Tests.Simulation;

namespace PatchOperator.Tests.Effects;

public sealed class EvictionsTests : IDisposable
{
    private readonly OperatorBench bench = new();

    private Evictions Evictions => bench.Get<Evictions>();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "Cannot evict pod as it would violate the pod's disruption budget.", EvictionAnswer.Blocked)]
    [InlineData(HttpStatusCode.InternalServerError, "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.", EvictionAnswer.Impossible)]
    [InlineData(HttpStatusCode.InternalServerError, "failed calling webhook \"guard.example.com\": connection refused", EvictionAnswer.Refused)]
    [InlineData(HttpStatusCode.Forbidden, "admission webhook \"guard.example.com\" denied the request: not this one", EvictionAnswer.Impossible)]
    [InlineData(HttpStatusCode.Forbidden, "unable to create new content in namespace web because it is being terminated", EvictionAnswer.Blocked)]
    [InlineData(HttpStatusCode.GatewayTimeout, "the server was unable to return a response in time", EvictionAnswer.Refused)]
    [InlineData(HttpStatusCode.UnprocessableEntity, "the pod is invalid", EvictionAnswer.Refused)]
    public async Task What_is_answered_is_kept_for_the_next_look(HttpStatusCode code, string message, EvictionAnswer answer)
    {
        bench.Api.Answer("evict", ApiAnswer.Refuse(code, message));

        await EvictAsync(Pod("web"));

        Assert.Equal((answer, message), Evictions.LastAnswer("node-1", "uid-web"));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task A_pod_that_is_gone_or_another_by_now_is_no_refusal(HttpStatusCode code)
    {
        bench.Api.Answer("evict", ApiAnswer.Refuse(code, "not that pod"));

        await EvictAsync(Pod("web"));

        Assert.Equal((EvictionAnswer.None, ""), Evictions.LastAnswer("node-1", "uid-web"));
    }

    [Fact]
    public async Task Each_pod_is_asked_for_by_its_UID_whatever_is_said_of_the_others()
    {
        bench.Api.Answer("evict default/first", ApiAnswer.Refuse(HttpStatusCode.TooManyRequests, "blocked"));

        await EvictAsync(Pod("first"), Pod("second"));

        Assert.Equal(["evict default/first uid-first", "evict default/second uid-second"], bench.Api.Calls);
        Assert.Equal(
            (EvictionAnswer.Blocked, EvictionAnswer.None),
            (Evictions.LastAnswer("node-1", "uid-first").Answer, Evictions.LastAnswer("node-1", "uid-second").Answer));
    }

    [Fact]
    public async Task Each_attempt_replaces_what_was_said_before()
    {
        bench.Api.Answer("evict", ApiAnswer.Refuse(HttpStatusCode.TooManyRequests, "blocked"));
        await EvictAsync(Pod("first"), Pod("second"));
        bench.Api.Answer("evict default/second", ApiAnswer.Refuse(HttpStatusCode.Forbidden, "never"));
        await EvictAsync(Pod("first"), Pod("second"));

        Assert.Equal((EvictionAnswer.None, ""), Evictions.LastAnswer("node-1", "uid-first"));
        Assert.Equal((EvictionAnswer.Impossible, "never"), Evictions.LastAnswer("node-1", "uid-second"));

        bench.Api.Before = _ => Task.CompletedTask;
        await EvictAsync(Pod("second"));
        Assert.Equal((EvictionAnswer.None, ""), Evictions.LastAnswer("node-1", "uid-second"));
    }

    [Fact]
    public async Task What_is_said_of_a_node_is_its_own_and_forgotten_with_its_last_pod()
    {
        bench.Api.Answer("evict", ApiAnswer.Refuse(HttpStatusCode.TooManyRequests, "blocked"));
        await EvictAsync(Pod("web"));

        Assert.Equal(EvictionAnswer.None, Evictions.LastAnswer("node-2", "uid-web").Answer);
        Evictions.Forget("node-2");
        Assert.Equal(EvictionAnswer.Blocked, Evictions.LastAnswer("node-1", "uid-web").Answer);
        Evictions.Forget("node-1");
        Assert.Equal(EvictionAnswer.None, Evictions.LastAnswer("node-1", "uid-web").Answer);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "Cannot evict pod as it would violate the pod's disruption budget.", EvictionAnswer.Blocked)]
    [InlineData(HttpStatusCode.InternalServerError, "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.", EvictionAnswer.Impossible)]
    [InlineData(HttpStatusCode.InternalServerError, "failed calling webhook \"guard.example.com\": connection refused", EvictionAnswer.Refused)]
    [InlineData(HttpStatusCode.NotFound, "pod not found", EvictionAnswer.None)]
    [InlineData(HttpStatusCode.BadRequest, "admission webhook \"guard.example.com\" does not support dry run", EvictionAnswer.None)]
    public async Task A_rehearsal_tells_what_an_eviction_would_be_answered_and_keeps_nothing(HttpStatusCode code, string message, EvictionAnswer answer)
    {
        bench.Api.Answer("rehearse", ApiAnswer.Refuse(code, message));

        Assert.Equal((answer, answer == EvictionAnswer.None ? "" : message), await Evictions.RehearseAsync(Pod("web"), CancellationToken.None));
        Assert.Equal(EvictionAnswer.None, Evictions.LastAnswer("node-1", "uid-web").Answer);
        Assert.Equal(["rehearse eviction of default/web uid-web"], bench.Api.Calls);
    }

    /// <summary>Nobody knows whether it was done: the reconcile fails, and is made again.</summary>
    [Fact]
    public async Task A_connection_that_breaks_is_no_answer()
    {
        bench.Api.Answer("evict", new HttpRequestException("the connection broke"));

        await Assert.ThrowsAsync<HttpRequestException>(() => EvictAsync(Pod("web")));
    }

    [Fact]
    public async Task Pods_are_deleted_by_their_UID_and_what_is_answered_is_kept()
    {
        bench.Api.Before = call => call.Contains("/gone", StringComparison.Ordinal) ? throw ApiAnswer.Refuse(HttpStatusCode.NotFound, "not that pod")
            : call.Contains("/other", StringComparison.Ordinal) ? throw ApiAnswer.Refuse(HttpStatusCode.Conflict, "the UID does not match")
            : call.Contains("/kept", StringComparison.Ordinal) ? throw ApiAnswer.Refuse(HttpStatusCode.Forbidden, "never") : throw new InvalidOperationException(call);

        await Evictions.DeleteAsync(new DeletePods("node-1", [Pod("gone"), Pod("other"), Pod("kept")], 5), CancellationToken.None);

        Assert.Equal(
            ["delete Pod default/gone uid-gone within 5 s", "delete Pod default/other uid-other within 5 s", "delete Pod default/kept uid-kept within 5 s"], bench.Api.Calls);
        Assert.Equal(EvictionAnswer.None, Evictions.LastAnswer("node-1", "uid-gone").Answer);
        Assert.Equal((EvictionAnswer.Impossible, "never"), Evictions.LastAnswer("node-1", "uid-kept"));
    }

    private Task EvictAsync(params PodToEvict[] pods) => Evictions.EvictAsync(new Evict("node-1", pods), CancellationToken.None);

    private static PodToEvict Pod(string name) => new() { Namespace = "default", Name = name, Uid = $"uid-{name}" };
}
