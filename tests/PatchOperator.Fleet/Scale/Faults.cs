using System.Net;
using PatchOperator.Testing;
using PatchOperator.Testing.Audit;

namespace PatchOperator.Fleet.Scale;

/// <summary>
/// What befalls a leader while another replica stands by, and how that takes over. Each replica but the first has an address of its own in the audit log.
/// </summary>
internal sealed class Faults(BareCluster cluster, Func<string, string, OperatorProcess> start, TimeProvider clock) : IAsyncDisposable
{
    private const string Namespace = ScaleRun.OperatorNamespace;
    private const string Lease = $"/apis/coordination.k8s.io/v1/namespaces/{Namespace}/leases/patch-operator-leader";
    private const string Frozen = "frozen";

    // A lease of 15 s has run out by then, however busy the machine is.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly List<(OperatorProcess Replica, TcpProxy Link, IPAddress Address)> linked = [];
    private readonly List<Fault> all = [];

    /// <summary>Starts a replica with a way to the API server that can be cut.</summary>
    public async Task StandByAsync(string name, CancellationToken cancellationToken)
    {
        var address = IPAddress.Parse($"127.0.0.{linked.Count + 2}");
        var link = new TcpProxy(cluster.Api.Address.ToString(), address);
        var replica = start(await cluster.KubeconfigOfAsync(Namespace, ScaleRun.ServiceAccount, link.Address, cancellationToken), name);
        linked.Add((replica, link, address));
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync(OperatorProcess leader, CancellationToken cancellationToken) =>
        BefallAsync("killed", null, leader.KillAsync, () => Task.CompletedTask, cancellationToken);

    /// <summary>SIGSTOP, and SIGCONT at the moment when another leads.</summary>
    public async Task FreezeAsync(CancellationToken cancellationToken)
    {
        var (leader, _, address) = await LeaderAsync(cancellationToken);
        await BefallAsync(Frozen, address, () => leader.SignalAsync("STOP"), () => leader.SignalAsync("CONT"), cancellationToken);
    }

    /// <summary>Neither reaches the other, until another leads.</summary>
    public async Task CutOffAsync(CancellationToken cancellationToken)
    {
        var (_, link, address) = await LeaderAsync(cancellationToken);
        await BefallAsync("cut off", address, () => Do(link.Freeze), () => Do(link.Thaw), cancellationToken);

        static Task Do(Action action)
        {
            action();
            return Task.CompletedTask;
        }
    }

    /// <summary>How each ended.</summary>
    /// <param name="audit">Of the whole run.</param>
    public List<Takeover> Takeovers(List<AuditEntry> audit) => Takeover.After(all, audit);

    /// <summary>What must not be: a leader that wakes has nothing on its way, and must not send anything.</summary>
    public static IEnumerable<string> Failures(IEnumerable<Takeover> takeovers) => takeovers
        .Where(takeover => takeover is { Leader: Frozen, LateWrites: > 0 })
        .Select(takeover => $"the leader that was frozen woke and wrote {takeover.LateWrites} times when another had the lease");

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, link, _) in linked)
            await link.DisposeAsync();
        linked.Clear();
    }

    private async Task BefallAsync(string what, IPAddress? leader, Func<Task> fault, Func<Task> mend, CancellationToken cancellationToken)
    {
        var before = await HolderAsync(cancellationToken);
        await fault();
        all.Add(new Fault(what, leader, clock.GetUtcNow()));
        try
        {
            while (await HolderAsync(cancellationToken) == before)
            {
                if (clock.GetUtcNow() - all[^1].At > Patience)
                    throw new TimeoutException($"nobody took over from the leader that was {what}");
                await Task.Delay(Look, clock, cancellationToken);
            }
        }
        finally
        {
            await mend();
        }
    }

    private async Task<string?> HolderAsync(CancellationToken cancellationToken) =>
        (string?)(await cluster.Api.GetAsync(Lease, cancellationToken))?["spec"]?["holderIdentity"];

    private async Task<(OperatorProcess Replica, TcpProxy Link, IPAddress Address)> LeaderAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var replica in linked)
                if (await replica.Replica.LeadsAsync(cancellationToken))
                    return replica;
            await Task.Delay(Look, clock, cancellationToken);
        }
    }
}
