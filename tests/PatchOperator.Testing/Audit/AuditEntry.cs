using System.Net;

namespace PatchOperator.Testing.Audit;

/// <summary>One request of the operator, as the API server's audit log has it.</summary>
/// <param name="At">When it came in.</param>
/// <param name="Verb">Of RBAC, such as <c>list</c>.</param>
/// <param name="Resource">With the subresource, such as <c>pods/eviction</c>.</param>
/// <param name="Code">The HTTP status.</param>
/// <param name="Source">Where it came from.</param>
public readonly record struct AuditEntry(DateTimeOffset At, string Verb, string Resource, int Code, IPAddress Source)
{
    public bool IsWrite => Verb is "create" or "update" or "patch" or "delete" or "deletecollection";

    public bool IsOfLease => Resource == "leases";

    public string Kind => $"{Verb} {Resource}";
}
