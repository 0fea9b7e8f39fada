using System.Diagnostics;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using PatchOperator.Connecting;
using PatchOperator.Integration.Tests.Sdk;
using PatchOperator.Leading;

namespace PatchOperator.Integration.Tests.Leading;

/// <summary>What the elector asks is answered in time, and a lease is given up.</summary>
public sealed class TimelyLockTests(ApiServerFixture api) : IClassFixture<ApiServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);
    private static readonly DateTime FullSecond = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly LeaseTerm term = new(Eventually.Soon, TimeProvider.System);

    [Fact]
    public void The_last_good_renewal_the_pause_and_the_deadline_end_before_the_lease_does()
    {
        var attempt = 2 * Election.Patience(Election.LeaseDuration, Election.RenewDeadline, Election.RetryPeriod);

        Assert.True(attempt + Election.RetryPeriod + Election.RenewDeadline <= Election.LeaseDuration);
        Assert.True(attempt >= TimeSpan.FromSeconds(5), "a slow API server must have the time to answer");
    }

    [Fact]
    public async Task An_answer_that_is_late_is_a_no_that_the_elector_asks_again()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(LeaseOf("me")), ScriptedServer.SilenceAsync);
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);
        var lease = new TimelyLock(new LeaseLock(kubernetes, "default", "test", "me"), Patience, term, TimeProvider.System);
        var record = await lease.GetAsync();

        var started = Stopwatch.GetTimestamp();
        Assert.False(await lease.UpdateAsync(record));
        var late = await Assert.ThrowsAsync<HttpOperationException>(() => lease.GetAsync());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.Response.StatusCode);
        Assert.True(Stopwatch.GetElapsedTime(started) < Eventually.Soon);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_no_that_the_elector_asks_again()
    {
        using var kubernetes = new HardenedKubernetes(new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" }, TimeProvider.System);
        var lease = new TimelyLock(new LeaseLock(kubernetes, "default", "test", "me"), Patience, term, TimeProvider.System);

        await Assert.ThrowsAsync<HttpOperationException>(() => lease.GetAsync());
        Assert.False(await lease.CreateAsync(Record("me")));
    }

    [Theory]
    [InlineData("<html>a proxy's own page</html>")]
    [InlineData("""{"kind":"Lease","metadata":{"name":"test"}}""")]
    public async Task An_answer_that_makes_no_sense_is_a_no_that_the_elector_asks_again(string answer)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(answer));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);
        var lease = new TimelyLock(new LeaseLock(kubernetes, "default", "test", "me"), Eventually.Soon, term, TimeProvider.System);

        await Assert.ThrowsAsync<HttpOperationException>(() => lease.GetAsync());
        Assert.False(await lease.ReleaseAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_lease_that_was_ours_and_is_another_s_ends_the_term_at_once()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(LeaseOf("me")), ScriptedServer.Json(LeaseOf("me")), ScriptedServer.Json(LeaseOf("somebody else")));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);
        var lease = new TimelyLock(new LeaseLock(kubernetes, "default", "test", "me"), Eventually.Soon, term, TimeProvider.System);
        Assert.True(await lease.UpdateAsync(await lease.GetAsync()));

        await Assert.ThrowsAsync<LeaseTakenException>(() => lease.GetAsync());
        Assert.Equal("somebody else", (await lease.GetAsync()).HolderIdentity);
    }

    [Fact]
    public async Task A_caller_who_stops_is_not_asked_to_try_again()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAsync);
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);
        var lease = new TimelyLock(new LeaseLock(kubernetes, "default", "test", "me"), TimeSpan.FromMinutes(1), term, TimeProvider.System);
        using var stop = new CancellationTokenSource();

        var asking = lease.GetAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_lease_that_is_renewed_on_the_full_second_is_taken()
    {
        var lease = new TimelyLock(new LeaseLock(api.Kubernetes, await api.CreateNamespaceAsync("lease"), "test", "me"), Eventually.Soon, term, TimeProvider.System);

        Assert.True(await lease.CreateAsync(Record("me")));
        Assert.Equal(FullSecond, (await lease.GetAsync()).RenewTime);
    }

    [Fact]
    public async Task A_lease_is_given_up_by_its_holder_alone()
    {
        var ns = await api.CreateNamespaceAsync("lease");
        var (mine, other) = (Lock("me"), Lock("somebody else"));
        Assert.True(await mine.CreateAsync(Record("me")));

        Assert.True(await other.ReleaseAsync(CancellationToken.None));
        Assert.Equal("me", (await mine.GetAsync()).HolderIdentity);

        Assert.True(await mine.ReleaseAsync(CancellationToken.None));
        var released = await other.GetAsync();
        Assert.Equal(("", 1), (released.HolderIdentity, released.LeaseDurationSeconds));

        TimelyLock Lock(string identity) => new(new LeaseLock(api.Kubernetes, ns, "test", identity), Eventually.Soon, term, TimeProvider.System);
    }

    [Fact]
    public async Task A_renewal_that_comes_between_does_not_keep_a_lease_from_being_given_up()
    {
        var ns = await api.CreateNamespaceAsync("lease");
        var racing = new RacingLock(new LeaseLock(api.Kubernetes, ns, "test", "me"), new LeaseLock(api.Kubernetes, ns, "test", "me"));
        var mine = new TimelyLock(racing, Eventually.Soon, term, TimeProvider.System);
        Assert.True(await mine.CreateAsync(Record("me")));

        Assert.True(await mine.ReleaseAsync(CancellationToken.None));

        Assert.Equal("", (await mine.GetAsync()).HolderIdentity);
    }

    [Fact]
    public async Task A_lease_that_nobody_made_needs_no_release()
    {
        var lease = new TimelyLock(new LeaseLock(api.Kubernetes, await api.CreateNamespaceAsync("lease"), "test", "me"), Eventually.Soon, term, TimeProvider.System);

        Assert.True(await lease.ReleaseAsync(CancellationToken.None));
    }

    // As when a request that its sender has given up arrives after all.
    private sealed class RacingLock(ILock inner, ILock other) : ILock
    {
        private bool hasRaced;

        public string Identity => inner.Identity;

        public string Describe() => inner.Describe();

        public Task<LeaderElectionRecord> GetAsync(CancellationToken cancellationToken = default) => inner.GetAsync(cancellationToken);

        public Task<bool> CreateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default) => inner.CreateAsync(record, cancellationToken);

        public async Task<bool> UpdateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default)
        {
            if (!hasRaced)
            {
                hasRaced = true;
                var renewed = await other.GetAsync(cancellationToken);
                renewed.RenewTime = FullSecond.AddSeconds(1.5);
                Assert.True(await other.UpdateAsync(renewed, cancellationToken));
            }

            return await inner.UpdateAsync(record, cancellationToken);
        }
    }

    private static LeaderElectionRecord Record(string holder) =>
        new() { HolderIdentity = holder, LeaseDurationSeconds = 15, AcquireTime = FullSecond, RenewTime = FullSecond };

    private static string LeaseOf(string holder) =>
        $$"""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"test","namespace":"default"},"spec":{"holderIdentity":"{{holder}}","leaseDurationSeconds":15,"""
            + $$""" "acquireTime":"2026-01-01T00:00:00.000001Z","renewTime":"2026-01-01T00:00:00.000001Z"} }""";
}
