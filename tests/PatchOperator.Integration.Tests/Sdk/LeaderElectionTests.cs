using System.Collections.Concurrent;
using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using PatchOperator.Connecting;
using PatchOperator.Leading;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>One leads, and stops before another starts.</summary>
public sealed class LeaderElectionTests(ApiServerFixture api) : IClassFixture<ApiServerFixture>
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan RenewDeadline = Lease / 2;
    private static readonly TimeSpan RetryPeriod = Lease / 12;

    private readonly ConcurrentQueue<string> log = new();

    [Fact]
    public async Task One_of_two_leads_and_the_other_knows_who()
    {
        var ns = await api.CreateNamespaceAsync("elect");
        await using var first = Run(api.Configuration(), ns, "first");
        await Eventually.TrueAsync(first.IsLeader, "first leads");
        await using var second = Run(api.Configuration(), ns, "second");

        await Eventually.TrueAsync(() => second.Elector.GetLeader() == "first", "second knows first");

        Assert.False(second.IsLeader());
        var lease = await api.Kubernetes.CoordinationV1.ReadNamespacedLeaseAsync("test", ns);
        Assert.Equal("first", lease.Spec.HolderIdentity);
        Assert.Equal((int)Lease.TotalSeconds, lease.Spec.LeaseDurationSeconds);
    }

    [Fact]
    public async Task A_leader_that_ends_gives_the_lease_up()
    {
        var ns = await api.CreateNamespaceAsync("elect");
        var first = Run(api.Configuration(), ns, "first");
        await Eventually.TrueAsync(first.IsLeader, "first leads");
        await using var second = Run(api.Configuration(), ns, "second");

        await first.DisposeAsync();

        var lease = await api.Kubernetes.CoordinationV1.ReadNamespacedLeaseAsync("test", ns);
        Assert.NotEqual("first", lease.Spec.HolderIdentity);
        await Eventually.TrueAsync(second.IsLeader, "second leads");
        Assert.Equal(["first starts", "first stops", "second starts"], log);
    }

    [Fact]
    public async Task A_leader_that_is_cut_off_stops_before_another_starts()
    {
        var ns = await api.CreateNamespaceAsync("elect");
        await using var proxy = new TcpProxy(api.Configuration().Host);
        await using var first = Run(proxy.Redirect(api.Configuration()), ns, "first");
        await Eventually.TrueAsync(first.IsLeader, "first leads");
        await using var second = Run(api.Configuration(), ns, "second");

        proxy.Refuse();

        await Eventually.TrueAsync(second.IsLeader, "second leads");
        Assert.Equal(["first starts", "first stops", "second starts"], log);
    }

    [Fact]
    public async Task A_leader_whose_requests_hang_stops_before_another_starts()
    {
        var ns = await api.CreateNamespaceAsync("elect");
        await using var proxy = new TcpProxy(api.Configuration().Host);
        await using var first = Run(proxy.Redirect(api.Configuration()), ns, "first");
        await Eventually.TrueAsync(first.IsLeader, "first leads");
        await using var second = Run(api.Configuration(), ns, "second");

        proxy.Freeze();

        await Eventually.TrueAsync(second.IsLeader, "second leads");
        Assert.Equal(["first starts", "first stops", "second starts"], log);
    }

    [Fact]
    public async Task A_short_interruption_does_not_end_leadership()
    {
        var ns = await api.CreateNamespaceAsync("elect");
        await using var proxy = new TcpProxy(api.Configuration().Host);
        await using var first = Run(proxy.Redirect(api.Configuration()), ns, "first");
        await Eventually.TrueAsync(first.IsLeader, "first leads");
        var before = (await api.Kubernetes.CoordinationV1.ReadNamespacedLeaseAsync("test", ns)).Spec.RenewTime;

        proxy.Cut();

        await Eventually.TrueAsync(
            async () => (await api.Kubernetes.CoordinationV1.ReadNamespacedLeaseAsync("test", ns)).Spec.RenewTime > before, "it is renewed again");
        Assert.Equal(["first starts"], log);
    }

    private Candidate Run(KubernetesClientConfiguration configuration, string ns, string identity)
    {
        var kubernetes = new HardenedKubernetes(configuration, TimeProvider.System);
        var patience = Election.Patience(Lease, RenewDeadline, RetryPeriod);
        var lease = new TimelyLock(new LeaseLock(kubernetes, ns, "test", identity), patience, new LeaseTerm(Eventually.Soon, TimeProvider.System), TimeProvider.System);
        var elector = new LeaderElector(new LeaderElectionConfig(lease) { LeaseDuration = Lease, RenewDeadline = RenewDeadline, RetryPeriod = RetryPeriod });
        elector.OnStartedLeading += () => log.Enqueue($"{identity} starts");
        elector.OnStoppedLeading += () => log.Enqueue($"{identity} stops");
        return new Candidate(kubernetes, elector, lease);
    }

    private sealed class Candidate : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Kubernetes kubernetes;
        private readonly TimelyLock lease;
        private readonly Task running;
        private bool disposed;

        internal Candidate(Kubernetes kubernetes, LeaderElector elector, TimelyLock lease)
        {
            (this.kubernetes, this.lease) = (kubernetes, lease);
            Elector = elector;
            running = elector.RunUntilLeadershipLostAsync(stop.Token);
        }

        internal LeaderElector Elector { get; }

        internal bool IsLeader() => Elector.IsLeader();

        public async ValueTask DisposeAsync()
        {
            if (disposed)
                return;

            disposed = true;
            await stop.CancelAsync();
            await running.ContinueWith(_ => { }, TaskScheduler.Default);
            await lease.ReleaseAsync(CancellationToken.None);
            kubernetes.Dispose();
            Elector.Dispose();
            stop.Dispose();
        }
    }
}
