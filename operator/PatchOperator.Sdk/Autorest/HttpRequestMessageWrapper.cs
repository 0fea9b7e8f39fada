#nullable disable // as the package: no annotations

namespace k8s.Autorest;

/// <summary>What is kept of a request after it was sent.</summary>
public class HttpRequestMessageWrapper : HttpMessageWrapper
{
    /// <summary>Copies what matters of <paramref name="httpRequest"/>; <paramref name="content"/> is its body.</summary>
    public HttpRequestMessageWrapper(HttpRequestMessage httpRequest, string content)
    {
        ArgumentNullException.ThrowIfNull(httpRequest);
        CopyHeaders(httpRequest.Headers);
        CopyHeaders(httpRequest.Content?.Headers);
        Headers.Remove("Authorization"); // exceptions are logged, credentials must not be
        Content = content;
        Method = httpRequest.Method;
        RequestUri = httpRequest.RequestUri;
    }

    /// <summary>The verb.</summary>
    public HttpMethod Method { get; protected set; }

    /// <summary>The full address, with its query.</summary>
    public Uri RequestUri { get; protected set; }
}
