using k8s.Authentication;

namespace PatchOperator.Connecting;

/// <summary>A source of tokens that can be asked to look again.</summary>
internal interface IRenewableToken : ITokenProvider
{
    /// <summary>The server refused the token: the next one comes from the source itself.</summary>
    void Forget();
}
