namespace Agent.Pipeline.Errors;

/// <summary>What went wrong at a provider, independent of the vendor.</summary>
public enum ProviderErrorKind
{
    /// <summary>The key is missing, wrong or not allowed to do this.</summary>
    Authentication,

    /// <summary>The account's allowance is used up.</summary>
    Quota,

    /// <summary>Too many requests for now.</summary>
    RateLimit,

    /// <summary>The provider refused the request as malformed or unsupported.</summary>
    BadRequest,

    /// <summary>No answer within the stage's limit.</summary>
    Timeout,

    /// <summary>The connection could not be made, or was lost.</summary>
    Connection,

    /// <summary>The provider sent something that its protocol does not allow.</summary>
    Protocol,

    /// <summary>The provider declined the content.</summary>
    Content,
}
