#nullable disable // as the package: no annotations

namespace k8s.Exceptions;

/// <summary>The configuration of the client is missing, unreadable or contradictory.</summary>
public class KubeConfigException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public KubeConfigException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public KubeConfigException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public KubeConfigException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
