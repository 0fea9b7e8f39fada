#nullable disable // as the package: no annotations

using System.Net;
using k8s.Autorest;
using k8s.Models;

namespace k8s.LeaderElection.ResourceLock;

/// <summary>The record in a Lease. What others wrote into the Lease besides it is left alone.</summary>
public class LeaseLock : ILock
{
    private const int DefaultDurationSeconds = 15;

    private readonly IKubernetes client;
    private readonly string ns;
    private readonly string name;
    private V1Lease lease;

    /// <summary>A Lease by namespace and name; <paramref name="identity"/> must differ between competitors.</summary>
    public LeaseLock(IKubernetes client, string @namespace, string name, string identity)
    {
        ArgumentNullException.ThrowIfNull(client);
        this.client = client;
        ns = @namespace;
        this.name = name;
        Identity = identity;
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public string Describe() => $"{ns}/{name}";

    /// <inheritdoc/>
    public async Task<LeaderElectionRecord> GetAsync(CancellationToken cancellationToken = default)
    {
        lease = await client.CoordinationV1.ReadNamespacedLeaseAsync(name, ns, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new LeaderElectionRecord
        {
            HolderIdentity = lease.Spec?.HolderIdentity,
            LeaseDurationSeconds = lease.Spec?.LeaseDurationSeconds ?? DefaultDurationSeconds,
            AcquireTime = lease.Spec?.AcquireTime,
            RenewTime = lease.Spec?.RenewTime,
            LeaderTransitions = lease.Spec?.LeaseTransitions ?? 0,
        };
    }

    /// <inheritdoc/>
    public async Task<bool> CreateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default)
    {
        var wanted = new V1Lease { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = ns } }.Initialize();
        return await TryAsync(
            () => client.CoordinationV1.CreateNamespacedLeaseAsync(With(wanted, record), ns, cancellationToken: cancellationToken))
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> UpdateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default)
    {
        var read = lease ?? throw new InvalidOperationException($"lease {Describe()} was not read yet");
        return await TryAsync(
            () => client.CoordinationV1.ReplaceNamespacedLeaseAsync(With(read, record), name, ns, cancellationToken: cancellationToken))
            .ConfigureAwait(false);
    }

    private static V1Lease With(V1Lease lease, LeaderElectionRecord record) => lease with
    {
        Spec = (lease.Spec ?? new V1LeaseSpec()) with
        {
            HolderIdentity = record.HolderIdentity,
            LeaseDurationSeconds = record.LeaseDurationSeconds,
            AcquireTime = record.AcquireTime,
            RenewTime = record.RenewTime,
            LeaseTransitions = record.LeaderTransitions,
        },
    };

    private async Task<bool> TryAsync(Func<Task<V1Lease>> write)
    {
        try
        {
            lease = await write().ConfigureAwait(false);
            return true;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            return false;
        }
    }
}
