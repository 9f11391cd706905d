namespace Agent.Providers.OpenAi.Chat;

/// <summary>Which of OpenAI's interfaces a language model is called by.</summary>
public enum OpenAiApi
{
    /// <summary><c>/chat/completions</c>, which every compatible server has.</summary>
    ChatCompletions,

    /// <summary><c>/responses</c>, OpenAI's newer one. Nothing is stored there: the whole conversation goes along with each request. It knows neither <c>seed</c> nor stop sequences.</summary>
    Responses,
}
