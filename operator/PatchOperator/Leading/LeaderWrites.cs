using PatchOperator.Ports;

namespace PatchOperator.Leading;

/// <summary>
/// Lets a write pass only while this replica leads; next to the wire, so that one that was decided before, or waited to be sent again, is held up too. Leases
/// themselves are what replicas compete for, and anybody may read.
/// </summary>
internal sealed class LeaderWrites(LeaseTerm term) : DelegatingHandler
{
    private const string Leases = "/apis/coordination.k8s.io/";

    /// <exception cref="LeaseOverException">It was not sent.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        IsRead(request) || request.RequestUri!.AbsolutePath.Contains(Leases, StringComparison.Ordinal) || term.Lasts
            ? base.SendAsync(request, cancellationToken)
            : throw new LeaseOverException($"not sent, as another replica may lead by now: {request.Method} {request.RequestUri.AbsolutePath}");

    private static bool IsRead(HttpRequestMessage request) => request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
}
