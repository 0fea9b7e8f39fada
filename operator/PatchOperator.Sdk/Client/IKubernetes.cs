#nullable disable // as the package: no annotations

namespace k8s;

/// <summary>A client of one API server.</summary>
public interface IKubernetes : IDisposable
{
    /// <summary>The address of the API server, with a slash at its end.</summary>
    Uri BaseUri { get; set; }

    /// <summary>Pods, nodes, namespaces, events.</summary>
    ICoreV1Operations CoreV1 { get; }

    /// <summary>Jobs.</summary>
    IBatchV1Operations BatchV1 { get; }

    /// <summary>Leases.</summary>
    ICoordinationV1Operations CoordinationV1 { get; }

    /// <summary>Which versions of the policy group are served.</summary>
    IPolicyOperations Policy { get; }

    /// <summary>Objects of any kind.</summary>
    ICustomObjectsOperations CustomObjects { get; }
}
