#nullable disable // as the package: no annotations

using System.Net;

namespace k8s.Autorest;

/// <summary>What is kept of an answer after it was read.</summary>
public class HttpResponseMessageWrapper : HttpMessageWrapper
{
    /// <summary>Copies what matters of <paramref name="httpResponse"/>; <paramref name="content"/> is its body.</summary>
    public HttpResponseMessageWrapper(HttpResponseMessage httpResponse, string content)
    {
        ArgumentNullException.ThrowIfNull(httpResponse);
        CopyHeaders(httpResponse.Headers);
        CopyHeaders(httpResponse.Content?.Headers);
        Content = content;
        StatusCode = httpResponse.StatusCode;
        ReasonPhrase = httpResponse.ReasonPhrase;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; protected set; }

    /// <summary>The words that came with the status, if any (HTTP/2 has none).</summary>
    public string ReasonPhrase { get; protected set; }
}
