#nullable disable // as the package: no annotations

using k8s.Models;

namespace k8s;

/// <summary>An error the API server reported as a Status object, inside a watch for instance.</summary>
public class KubernetesException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public KubernetesException()
    {
    }

    /// <summary>Makes an exception from what the server said.</summary>
    public KubernetesException(V1Status status)
        : this(status?.Message) => Status = status;

    /// <summary>Makes an exception from what the server said and the cause.</summary>
    public KubernetesException(V1Status status, Exception innerException)
        : this(status?.Message, innerException) => Status = status;

    /// <summary>Makes an exception with a message.</summary>
    public KubernetesException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public KubernetesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What the server said; null when it said nothing.</summary>
    public V1Status Status { get; private set; }
}
