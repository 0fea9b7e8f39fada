#nullable disable // as the package: no annotations

namespace k8s.Autorest;

/// <summary>An answer of the API server, with the messages it was carried by.</summary>
public class HttpOperationResponse : IDisposable
{
    private bool disposed;

    /// <summary>The request as it was sent.</summary>
    public HttpRequestMessage Request { get; set; }

    /// <summary>The answer as it arrived.</summary>
    public HttpResponseMessage Response { get; set; }

    /// <summary>Frees both messages, and with the answer its connection.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees both messages once.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposed)
            return;

        disposed = true;
        Request?.Dispose();
        Response?.Dispose();
        Request = null;
        Response = null;
    }
}

/// <summary>An answer with a body that was read.</summary>
public class HttpOperationResponse<T> : HttpOperationResponse
{
    /// <summary>The body.</summary>
    public T Body { get; set; }
}
