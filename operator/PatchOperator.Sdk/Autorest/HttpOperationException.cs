#nullable disable // as the package: no annotations

namespace k8s.Autorest;

/// <summary>The API server answered with an error; <see cref="Response"/> has its status and, as text, its Status object.</summary>
public class HttpOperationException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public HttpOperationException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public HttpOperationException(string message)
        : this(message, null)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public HttpOperationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The request that failed.</summary>
    public HttpRequestMessageWrapper Request { get; set; }

    /// <summary>The answer.</summary>
    public HttpResponseMessageWrapper Response { get; set; }

    /// <summary>Not set by this client: the body is in <see cref="Response"/>.</summary>
    public object Body { get; set; }
}
