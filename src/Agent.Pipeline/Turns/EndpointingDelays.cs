namespace Agent.Pipeline.Turns;

/// <summary>The silences that end a turn, by the mode and by what was learned of the user.</summary>
internal static class EndpointingDelays
{
    /// <summary>How much longer than the average pause the silence has to be: many pauses are longer than the average.</summary>
    internal const double Headroom = 1.25;

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(0.5);

    /// <summary>The silence that ends a turn which seems finished.</summary>
    internal static TimeSpan Min(TurnState state, TurnOptions options) => Learned(state, options, Floor(options));

    /// <summary>The silence that ends a turn which seems unfinished.</summary>
    internal static TimeSpan Max(TurnOptions options)
    {
        if (options.Endpointing.MaxDelay is { } given)
            return given;
        var max = TimeSpan.FromSeconds(options.Mode switch
        {
            EndpointingMode.Detector => 2.5,
            EndpointingMode.Realtime => 8,
            _ => 3,
        });
        return Longer(max, options.Endpointing.MinDelay ?? TimeSpan.Zero);
    }

    /// <summary>The silence that ends a turn of which a turn detector has no opinion: that of plain silence.</summary>
    internal static TimeSpan Plain(TurnState state, TurnOptions options) =>
        Learned(state, options, options.Endpointing.MinDelay ?? Shorter(s_silence, Max(options)));

    /// <summary>The shortest silence before anything is learned.</summary>
    internal static TimeSpan Floor(TurnOptions options) => options.Endpointing.MinDelay ?? Shorter(Max(options), options.Mode switch
    {
        EndpointingMode.Detector => TimeSpan.FromSeconds(0.3),
        EndpointingMode.SpeechToText or EndpointingMode.Realtime => TimeSpan.Zero,
        _ => s_silence,
    });

    private static TimeSpan Learned(TurnState state, TurnOptions options, TimeSpan floor) =>
        options.Endpointing.Dynamic && state.LearnedPause is { } pause ? Shorter(Longer(pause * Headroom, floor), Max(options)) : floor;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
