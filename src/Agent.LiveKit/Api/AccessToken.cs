using System.Text.Json;
using Agent.LiveKit.Api.Json;
using Agent.Pipeline.Errors;
using Agent.Protocol;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Agent.LiveKit.Api;

/// <summary>
/// Makes a LiveKit token (a JWT signed with HS256). Usable with initialisers or fluently:
/// <code>new AccessToken(key, secret) { Identity = "ada", Video = new() { RoomJoin = true, Room = "tea" } }.ToJwt()</code>
/// </summary>
public sealed class AccessToken
{
    /// <summary>How long a token is valid unless told otherwise: 6 hours, as in LiveKit's own SDKs.</summary>
    public static readonly TimeSpan DefaultTtl = TimeSpan.FromHours(6);

    private readonly string _apiKey;
    private readonly string _apiSecret;
    private readonly TimeProvider _time;

    /// <summary>Starts a token for one key pair.</summary>
    /// <param name="apiKey">The API key. Default: <c>LIVEKIT_API_KEY</c>.</param>
    /// <param name="apiSecret">The API secret. Default: <c>LIVEKIT_API_SECRET</c>.</param>
    /// <param name="timeProvider">The clock that dates the token. Default: the system's.</param>
    /// <exception cref="ConfigurationException">The key or the secret is missing.</exception>
    public AccessToken(string? apiKey = null, string? apiSecret = null, TimeProvider? timeProvider = null)
    {
        _apiKey = Setting(apiKey, LiveKitServer.ApiKeyVariable, "key");
        _apiSecret = Setting(apiSecret, LiveKitServer.ApiSecretVariable, "secret");
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Who the holder is in the room; needed to join.</summary>
    public string? Identity { get; set; }

    /// <summary>The participant's name for display.</summary>
    public string? Name { get; set; }

    /// <summary>How long the token is valid. <value>More than zero; default 6 hours.</value></summary>
    public TimeSpan Ttl { get; set; } = DefaultTtl;

    /// <summary>The participant's metadata, free text.</summary>
    public string? Metadata { get; set; }

    /// <summary>The participant's attributes.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; set; }

    /// <summary>What kind of participant joins. Default: standard.</summary>
    public ParticipantInfo.Types.Kind? Kind { get; set; }

    /// <summary>What the holder may do with rooms.</summary>
    public VideoGrants? Video { get; set; }

    /// <summary>What the holder may do with telephony.</summary>
    public SipGrants? Sip { get; set; }

    /// <summary>What the holder may do with hosted models.</summary>
    public InferenceGrants? Inference { get; set; }

    /// <summary>What the holder may do with telemetry.</summary>
    public ObservabilityGrants? Observability { get; set; }

    /// <summary>The SHA-256 of the body that the token comes with, in base64.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The name of a stored room configuration.</summary>
    public string? RoomPreset { get; set; }

    /// <summary>How the room is made if this participant is the one who opens it, its agents included; ignored for a room that exists.</summary>
    public RoomConfiguration? RoomConfig { get; set; }

    /// <summary>Sets <see cref="Identity"/>.</summary>
    public AccessToken WithIdentity(string identity) => With(() => Identity = identity);

    /// <summary>Sets <see cref="Name"/>.</summary>
    public AccessToken WithName(string name) => With(() => Name = name);

    /// <summary>Sets <see cref="Ttl"/>.</summary>
    public AccessToken WithTtl(TimeSpan ttl) => With(() => Ttl = ttl);

    /// <summary>Sets <see cref="Metadata"/>.</summary>
    public AccessToken WithMetadata(string metadata) => With(() => Metadata = metadata);

    /// <summary>Sets <see cref="Attributes"/>.</summary>
    public AccessToken WithAttributes(IReadOnlyDictionary<string, string> attributes) => With(() => Attributes = attributes);

    /// <summary>Sets <see cref="Kind"/>.</summary>
    public AccessToken WithKind(ParticipantInfo.Types.Kind kind) => With(() => Kind = kind);

    /// <summary>Sets <see cref="Video"/>.</summary>
    public AccessToken WithGrants(VideoGrants grants) => With(() => Video = grants);

    /// <summary>Sets <see cref="Sip"/>.</summary>
    public AccessToken WithSipGrants(SipGrants grants) => With(() => Sip = grants);

    /// <summary>Sets <see cref="Inference"/>.</summary>
    public AccessToken WithInferenceGrants(InferenceGrants grants) => With(() => Inference = grants);

    /// <summary>Sets <see cref="Observability"/>.</summary>
    public AccessToken WithObservabilityGrants(ObservabilityGrants grants) => With(() => Observability = grants);

    /// <summary>Sets <see cref="Sha256"/>.</summary>
    public AccessToken WithSha256(string sha256) => With(() => Sha256 = sha256);

    /// <summary>Sets <see cref="RoomPreset"/>.</summary>
    public AccessToken WithRoomPreset(string preset) => With(() => RoomPreset = preset);

    /// <summary>Sets <see cref="RoomConfig"/>.</summary>
    public AccessToken WithRoomConfig(RoomConfiguration configuration) => With(() => RoomConfig = configuration);

    /// <summary>Adds an agent to <see cref="RoomConfig"/>: it is dispatched when this participant opens the room.</summary>
    /// <param name="agentName">The name under which the agent's workers register.</param>
    /// <param name="metadata">What the job is told.</param>
    public AccessToken WithAgent(string agentName, string metadata = "")
    {
        RoomConfig ??= new RoomConfiguration();
        RoomConfig.Agents.Add(new RoomAgentDispatch { AgentName = agentName, Metadata = metadata });
        return this;
    }

    /// <summary>Signs the token.</summary>
    /// <returns>The JWT in its compact form.</returns>
    /// <exception cref="ConfigurationException">The token could not be used: joining without an identity or a room, or a lifetime that is not positive.</exception>
    public string ToJwt()
    {
        if (Ttl <= TimeSpan.Zero)
            throw new ConfigurationException($"A token's lifetime must be more than zero; it is {Ttl}.");
        if (Video is { RoomJoin: true } && string.IsNullOrEmpty(Identity))
            throw new ConfigurationException("A token to join a room needs an identity: set AccessToken.Identity.");
        if (Video is { RoomJoin: true } && string.IsNullOrEmpty(Video.Room))
            throw new ConfigurationException("A token to join a room needs the room's name: set VideoGrants.Room.");

        var now = _time.GetUtcNow();
        var claims = new ClaimGrants
        {
            Issuer = _apiKey,
            Identity = NullIfEmpty(Identity),
            IssuedAt = now,
            NotBefore = now,
            ExpiresAt = now + Ttl,
            Name = NullIfEmpty(Name),
            Kind = Kind,
            Video = Video,
            Sip = Sip,
            Inference = Inference,
            Observability = Observability,
            RoomConfig = RoomConfig,
            RoomPreset = NullIfEmpty(RoomPreset),
            Sha256 = NullIfEmpty(Sha256),
            Metadata = NullIfEmpty(Metadata),
            Attributes = Attributes is { Count: > 0 } ? Attributes : null,
        };
        var payload = JsonSerializer.Serialize(claims, ClaimGrantsJson.Default.ClaimGrants);
        var credentials = new SigningCredentials(TokenSigning.Key(_apiSecret), SecurityAlgorithms.HmacSha256);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(payload, credentials);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Setting(string? value, string variable, string what)
    {
        value ??= Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrWhiteSpace(value)
            ? throw new ConfigurationException($"The LiveKit API {what} is missing: pass it or set {variable}.")
            : value;
    }

    private AccessToken With(Action set)
    {
        set();
        return this;
    }
}
