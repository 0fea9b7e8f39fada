using System.Net;
using k8s.LeaderElection;
using Microsoft.Extensions.Time.Testing;
using PatchOperator.Leading;
using PatchOperator.Ports;

namespace PatchOperator.Tests.Leading;

/// <summary>What is sent as leader, by a clock that goes on while the process does not: no timer and no elector has told it anything.</summary>
public sealed class LeaderWritesTests : IDisposable
{
    private const string Jobs = "/apis/batch/v1/namespaces/jobs/jobs";
    private const string Lease = "/apis/coordination.k8s.io/v1/namespaces/system/leases/patch-operator-leader";
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(12.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider time = new();
    private readonly StandInLock server = new();
    private readonly TimelyLock lease;
    private readonly HttpMessageInvoker client;

    public LeaderWritesTests()
    {
        var term = new LeaseTerm(Length, time);
        lease = new TimelyLock(server, Patience, term, time);
        client = new HttpMessageInvoker(new LeaderWrites(term) { InnerHandler = new Answering() });
    }

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("POST", Jobs)]
    [InlineData("PUT", "/apis/patchoperator.io/v1alpha1/nodepatches/node-1/status")]
    [InlineData("PATCH", "/api/v1/nodes/node-1")]
    [InlineData("DELETE", Jobs + "/patch-node-1")]
    [InlineData("POST", "/api/v1/namespaces/stories/pods/web/eviction")]
    [InlineData("PUT", "/v2/golden/worker/manifests/current")]
    public async Task A_write_is_sent_until_the_lease_may_have_run_out_and_not_after(string verb, string path)
    {
        await AssertIsRefusedAsync(verb, path);
        Assert.True(await lease.CreateAsync(Record("me")));

        time.Advance(Length - Moment);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(verb, path));

        time.Advance(Moment);
        await AssertIsRefusedAsync(verb, path);
    }

    [Theory]
    [InlineData("GET", Jobs)]
    [InlineData("HEAD", "/v2/golden/worker/manifests/current")]
    [InlineData("POST", "/apis/coordination.k8s.io/v1/namespaces/system/leases")]
    [InlineData("PUT", Lease)]
    public async Task What_any_replica_may_do_needs_no_lease(string verb, string path) => Assert.Equal(HttpStatusCode.OK, await SendAsync(verb, path));

    [Fact]
    public async Task A_renewal_counts_from_before_it_was_sent()
    {
        server.Meanwhile = () => time.Advance(Patience - Moment);
        Assert.True(await lease.UpdateAsync(Record("me")));

        time.Advance(Length - Patience + Moment);
        await AssertIsRefusedAsync("POST", Jobs);
    }

    [Fact]
    public async Task An_answer_that_was_waiting_when_the_process_woke_renews_nothing()
    {
        server.Meanwhile = () => time.Advance(TimeSpan.FromMinutes(1));
        await lease.UpdateAsync(Record("me"));

        await AssertIsRefusedAsync("POST", Jobs);
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_lease_what_it_was()
    {
        Assert.True(await lease.CreateAsync(Record("me")));
        server.Takes = false;
        Assert.False(await lease.UpdateAsync(Record("me")));

        time.Advance(Length - Moment);
        Assert.Equal(HttpStatusCode.OK, await SendAsync("POST", Jobs));
    }

    [Fact]
    public async Task A_lease_that_is_somebody_else_s_is_over_at_once()
    {
        Assert.True(await lease.CreateAsync(Record("me")));
        server.Stored = Record("somebody else");

        await Assert.ThrowsAsync<LeaseTakenException>(() => lease.GetAsync());
        await AssertIsRefusedAsync("POST", Jobs);
    }

    [Fact]
    public async Task A_lease_that_is_given_up_is_over_before_anybody_hears_of_it()
    {
        Assert.True(await lease.CreateAsync(Record("me")));
        server.Takes = false;

        Assert.False(await lease.ReleaseAsync(CancellationToken.None));
        await AssertIsRefusedAsync("POST", Jobs);
    }

    private async Task AssertIsRefusedAsync(string verb, string path)
    {
        var refused = await Assert.ThrowsAsync<LeaseOverException>(() => SendAsync(verb, path));
        Assert.Contains($"{verb} {path}", refused.Message, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> SendAsync(string verb, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), "https://api.example.com" + path);
        using var response = await client.SendAsync(request, CancellationToken.None);
        return response.StatusCode;
    }

    private static LeaderElectionRecord Record(string holder) => new() { HolderIdentity = holder, LeaseDurationSeconds = 15 };

    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }

    // The API server, which may take its time.
    private sealed class StandInLock : ILock
    {
        public LeaderElectionRecord Stored { get; set; } = Record("me");

        public bool Takes { get; set; } = true;

        public Action Meanwhile { get; set; } = () => { };

        public string Identity => "me";

        public string Describe() => "stand-in";

        // A record of its own each time, as a server's answer is.
        public Task<LeaderElectionRecord> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(Record(Stored.HolderIdentity));

        public Task<bool> CreateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default) => UpdateAsync(record, cancellationToken);

        public Task<bool> UpdateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default)
        {
            Meanwhile();
            return Task.FromResult(Takes);
        }
    }
}
